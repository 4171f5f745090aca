namespace Ivg.Hosting.Telemetry.Traces;

/// <summary>A trace in one line.</summary>
/// <param name="Name">Of its root.</param>
/// <param name="Number">What a page of older ones is asked for by.</param>
internal sealed record TraceSummary(
    string TraceId, long Number, string Name, string Source, DateTimeOffset Start, double DurationMs, int Spans, int Errors, IReadOnlyList<TraceSummary.Part> Sources)
{
    /// <summary>What one service had to do with it.</summary>
    internal sealed record Part(string Name, int Spans, int Errors);
}
