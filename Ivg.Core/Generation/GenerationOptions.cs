using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Ivg.Core.Generation;

/// <summary>What holds for variations whichever provider makes them.</summary>
public sealed class GenerationOptions
{
    /// <summary>
    /// A provider's name. Unset: <c>nano_banana</c> when there is a key, else <c>offline</c> in Development; elsewhere the start fails.
    /// </summary>
    [ConfigurationKeyName("IMAGE_PROVIDER")]
    public string Provider { get; set; } = "";

    /// <summary>Whether a request that does not say otherwise is a fast one.</summary>
    [ConfigurationKeyName("FAST_MODE")]
    public bool FastMode { get; set; }

    /// <summary>Longest side, in pixels, of the pictures a fast request shows the model; 512 unless set.</summary>
    [ConfigurationKeyName("FAST_REFERENCE_MAX_SIZE"), Range(64, 2048)]
    public int FastReferenceMaxSize { get; set; } = 512;
}
