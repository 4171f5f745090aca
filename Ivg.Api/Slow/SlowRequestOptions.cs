using System.ComponentModel.DataAnnotations;

namespace Ivg.Api.Slow;

/// <summary>Which requests are slow.</summary>
internal sealed class SlowRequestOptions
{
    /// <summary>Milliseconds from which a request is logged with its stages; 0: never.</summary>
    [ConfigurationKeyName("SLOW_REQUEST_MS"), Range(0, 600_000)]
    public int Threshold { get; set; } = 1000;
}
