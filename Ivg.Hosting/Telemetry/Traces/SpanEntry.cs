namespace Ivg.Hosting.Telemetry.Traces;

/// <summary>A span.</summary>
/// <param name="ParentId">Empty for a span without one.</param>
/// <param name="Scope">The instrument that made it.</param>
internal sealed record SpanEntry(
    string TraceId, string SpanId, string ParentId, string Name, string Kind, TelemetrySource Source, string Scope, DateTimeOffset Start, DateTimeOffset End, Tag[] Tags)
{
    public IReadOnlyList<SpanEvent> Events { get; init; } = [];

    public IReadOnlyList<SpanLink> Links { get; init; } = [];

    public bool IsError { get; init; }

    public string StatusMessage { get; init; } = "";

    public TimeSpan Duration => End - Start;

    public int Bytes => 320 + (2 * Name.Length) + (2 * StatusMessage.Length) + Size(Tags)
        + Events.Sum(e => 64 + Size(e.Tags)) + Links.Sum(l => 240 + Size(l.Tags));

    public bool HasText(string text)
        => Name.Contains(text, StringComparison.OrdinalIgnoreCase) || Array.Exists(Tags, t => t.Value.Contains(text, StringComparison.OrdinalIgnoreCase));

    private static int Size(Tag[] tags) => tags.Sum(t => 16 + (2 * t.Value.Length));
}
