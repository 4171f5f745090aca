namespace Ivg.Api.Sessions;

/// <summary>How callers are known.</summary>
internal sealed class SessionOptions
{
    /// <summary>Fewest characters of a secret.</summary>
    public const int ShortestSecret = 32;

    /// <summary>Secrets of the session cookie, comma-separated: the first signs, all verify.</summary>
    [ConfigurationKeyName("APP_SECRET_KEY")]
    public string? AppSecretKey { get; set; }

    /// <summary>Keys of platforms, comma-separated, so that they can be rotated.</summary>
    [ConfigurationKeyName("PLATFORM_API_KEYS")]
    public string? PlatformApiKeys { get; set; }

    /// <summary>Where Development keeps a secret of its own between starts.</summary>
    [ConfigurationKeyName("IVG_DATA_DIR")]
    public string? DataDirectory { get; set; }

    internal static string[] Split(string? list) => list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
}
