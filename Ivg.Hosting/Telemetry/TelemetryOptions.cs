using System.ComponentModel.DataAnnotations;

namespace Ivg.Hosting.Telemetry;

/// <summary>How much telemetry the dashboard keeps, in memory; beyond it the oldest goes. <c>Hosting:Telemetry</c> in the configuration.</summary>
internal sealed class TelemetryOptions
{
    public const string Section = "Hosting:Telemetry";

    [Range(1, 10_000_000)]
    public int MaxLogs { get; set; } = 100_000;

    [Range(1, 10_000_000)]
    public int MaxSpans { get; set; } = 100_000;

    /// <summary>Of logs, and again of spans: an estimate, of the text that they hold.</summary>
    [Range(1 << 16, 1L << 40)]
    public long MaxBytes { get; set; } = 128 << 20;

    /// <summary>Of one instrument with one set of attributes each; the one that was silent longest goes first.</summary>
    [Range(1, 1_000_000)]
    public int MaxSeries { get; set; } = 2_000;

    /// <summary>A value that stays what it was takes no point.</summary>
    [Range(2, 1_000_000)]
    public int MaxPointsPerSeries { get; set; } = 1_800;

    [Range(1, 10_000)]
    public int MaxAttributes { get; set; } = 128;

    /// <summary>Characters of a message or an attribute; the rest is cut.</summary>
    [Range(16, 1_000_000)]
    public int MaxTextLength { get; set; } = 8_192;
}
