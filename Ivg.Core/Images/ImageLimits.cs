using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Ivg.Core.Images;

/// <summary>Bounds on the pictures that IVG takes.</summary>
public sealed class ImageLimits
{
    /// <summary>The smallest side taken, in pixels.</summary>
    public const int MinSide = 16;

    /// <summary>Largest upload in bytes; 20 MiB unless set.</summary>
    [ConfigurationKeyName("MAX_UPLOAD_BYTES"), Range(1024, 1L << 30)]
    public long MaxUploadBytes { get; set; } = 20 * 1024 * 1024;

    /// <summary>Most pixels a picture may have; 40 million unless set.</summary>
    [ConfigurationKeyName("MAX_PIXELS"), Range(256, 400_000_000)]
    public long MaxPixels { get; set; } = 40_000_000;
}
