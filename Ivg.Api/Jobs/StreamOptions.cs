using System.ComponentModel.DataAnnotations;

namespace Ivg.Api.Jobs;

/// <summary>How many streams are open at once.</summary>
internal sealed class StreamOptions
{
    /// <summary>Of one session on this process; 1 to 1,000.</summary>
    [ConfigurationKeyName("STREAMS_PER_SESSION"), Range(1, 1000)]
    public int PerSession { get; set; } = 20;

    /// <summary>Of all sessions on this process; 1 to 1,000,000.</summary>
    [ConfigurationKeyName("STREAMS_PER_PROCESS"), Range(1, 1_000_000)]
    public int PerProcess { get; set; } = 10_000;
}
