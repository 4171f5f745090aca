using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Ivg.Api.Sessions;

/// <summary>Who stands between callers and this service, and whose pages may call it.</summary>
internal sealed class ProxyOptions : IValidatableObject
{
    /// <summary>Addresses or networks (CIDR) of proxies, comma-separated; nobody else's <c>X-Forwarded-*</c> headers are believed.</summary>
    [ConfigurationKeyName("TRUSTED_PROXIES")]
    public string? TrustedProxies { get; set; }

    /// <summary>Origins, comma-separated, whose pages may call with headers of their own; the cookie stays with ours.</summary>
    [ConfigurationKeyName("CORS_ORIGINS")]
    public string? CorsOrigins { get; set; }

    public IReadOnlyList<IPNetwork> Networks => [.. SessionOptions.Split(TrustedProxies).Select(Parse).OfType<IPNetwork>()];

    public string[] Origins => SessionOptions.Split(CorsOrigins);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (SessionOptions.Split(TrustedProxies).Any(word => Parse(word) is null))
            yield return new ValidationResult("TRUSTED_PROXIES has a word that is no address and no network.", [nameof(TrustedProxies)]);
        if (Origins.Any(origin => !Uri.TryCreate(origin, UriKind.Absolute, out var uri) || uri.GetLeftPart(UriPartial.Authority) != origin))
            yield return new ValidationResult("CORS_ORIGINS has a word that is no origin such as https://example.com.", [nameof(CorsOrigins)]);
    }

    private static IPNetwork? Parse(string word) =>
        IPNetwork.TryParse(word, out var network) ? network
        : IPAddress.TryParse(word, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : null;
}
