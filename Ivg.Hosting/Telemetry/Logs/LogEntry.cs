namespace Ivg.Hosting.Telemetry.Logs;

/// <summary>A structured log line.</summary>
/// <param name="Id">Grows in the order of arrival; 0 until it is stored.</param>
/// <param name="Severity">1 to 24 as OpenTelemetry counts: 9 is information, 13 a warning, 17 an error.</param>
/// <param name="TraceId">Hexadecimal; empty where the line belongs to none.</param>
internal sealed record LogEntry(
    long Id, DateTimeOffset Time, TelemetrySource Source, string Category, int Severity, string Message, Tag[] Tags, string TraceId, string SpanId)
{
    public int Bytes { get; } = 200 + (2 * Message.Length) + Tags.Sum(t => 16 + (2 * t.Value.Length));

    public string Level => Severity switch
    {
        >= 21 => "critical",
        >= 17 => "error",
        >= 13 => "warning",
        >= 9 => "information",
        >= 5 => "debug",
        > 0 => "trace",
        _ => "unspecified",
    };

    /// <summary>The least severity of a level's name; 0 for none or one that there is not.</summary>
    public static int SeverityOf(string? level) => level?.ToLowerInvariant() switch
    {
        "critical" => 21,
        "error" => 17,
        "warning" => 13,
        "information" => 9,
        "debug" => 5,
        "trace" => 1,
        _ => 0,
    };
}
