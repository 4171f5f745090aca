using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Ivg.Core.Webhooks;

/// <summary>How webhooks are signed, where they may go, and how soon they are tried again.</summary>
public sealed class WebhookOptions : IValidatableObject
{
    private const string Prefix = "whsec_";

    /// <summary><c>whsec_</c> and base64 of 24 to 64 bytes. Several, comma-separated, all sign, so that they can be rotated.</summary>
    [ConfigurationKeyName("WEBHOOK_SECRET")]
    public string? Secret { get; set; }

    /// <summary>Whether <c>http:</c> will do.</summary>
    [ConfigurationKeyName("WEBHOOK_ALLOW_HTTP")]
    public bool AllowHttp { get; set; }

    /// <summary>Whether addresses that are not of the public internet will do.</summary>
    [ConfigurationKeyName("WEBHOOK_ALLOW_PRIVATE")]
    public bool AllowPrivate { get; set; }

    /// <summary>Seconds before the second try; three times as long before each next one, four hours at most.</summary>
    [ConfigurationKeyName("WEBHOOK_BACKOFF_SECONDS"), Range(0.01, 3600)]
    public double BackoffSeconds { get; set; } = 5;

    /// <summary>The secrets' bytes; none when webhooks are not configured.</summary>
    internal IReadOnlyList<byte[]> Keys => [.. Words().Select(word => Parse(word)!)];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Words().Any(word => Parse(word) is null))
            yield return new ValidationResult("WEBHOOK_SECRET must be whsec_ followed by base64 of 24 to 64 bytes; several are separated by commas.", [nameof(Secret)]);
    }

    private string[] Words() => Secret?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static byte[]? Parse(string word)
    {
        var bytes = new byte[word.Length];
        return word.StartsWith(Prefix, StringComparison.Ordinal) && Convert.TryFromBase64String(word[Prefix.Length..], bytes, out var length) && length is >= 24 and <= 64
            ? bytes[..length]
            : null;
    }
}
