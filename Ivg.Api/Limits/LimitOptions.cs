using System.ComponentModel.DataAnnotations;

namespace Ivg.Api.Limits;

/// <summary>
/// How much one caller may ask for. A bucket holds a minute's requests and fills evenly. The defaults stop a flood and nothing less; a public
/// deployment sets its own.
/// </summary>
internal sealed class LimitOptions
{
    /// <summary>Submits of one session, a minute; 0: no limit.</summary>
    [ConfigurationKeyName("RATE_SUBMITS_PER_SESSION"), Range(0, 10_000_000)]
    public int SubmitsPerSession { get; set; } = 6000;

    /// <summary>Submits of one address, a minute; 0: no limit. A platform's calls are counted by session alone.</summary>
    [ConfigurationKeyName("RATE_SUBMITS_PER_ADDRESS"), Range(0, 10_000_000)]
    public int SubmitsPerAddress { get; set; } = 60_000;

    /// <summary>All other calls of one session, a minute; 0: no limit.</summary>
    [ConfigurationKeyName("RATE_READS_PER_SESSION"), Range(0, 10_000_000)]
    public int ReadsPerSession { get; set; } = 3_000_000;

    /// <summary>All other calls of one address, a minute; 0: no limit. A platform's calls are counted by session alone.</summary>
    [ConfigurationKeyName("RATE_READS_PER_ADDRESS"), Range(0, 10_000_000)]
    public int ReadsPerAddress { get; set; } = 6_000_000;

    /// <summary>Bytes that uploads under way may take at once; 0: a quarter of the process's memory.</summary>
    [ConfigurationKeyName("UPLOAD_MEMORY_BYTES"), Range(0, 1L << 40)]
    public long UploadMemoryBytes { get; set; }
}
