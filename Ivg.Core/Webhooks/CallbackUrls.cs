using System.Net;
using Microsoft.Extensions.Options;

namespace Ivg.Core.Webhooks;

/// <summary>Which callback addresses are taken at submit. What a name resolves to is checked when it is connected to.</summary>
public sealed class CallbackUrls(IOptions<WebhookOptions> options)
{
    private const int Longest = 2000;

    private readonly WebhookOptions _options = options.Value;

    /// <summary>What is wrong with the address, in words for the caller; null when nothing is.</summary>
    public string? Fault(string url)
    {
        if (_options.Keys.Count == 0) return "This service cannot sign webhooks: WEBHOOK_SECRET is not set.";
        if (url.Length > Longest) return $"At most {Longest} characters.";
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Host.Length == 0) return "Not an absolute URL.";
        if (uri.Scheme != Uri.UriSchemeHttps && !(_options.AllowHttp && uri.Scheme == Uri.UriSchemeHttp)) return "Only https addresses are called.";
        if (uri.UserInfo.Length > 0) return "No user name or password in the address.";
        return _options.AllowPrivate || IsPublicByItsLooks(uri) ? null : "Only addresses on the public internet are called.";
    }

    private static bool IsPublicByItsLooks(Uri uri)
    {
        var host = uri.IdnHost.TrimEnd('.');
        if (IPAddress.TryParse(host, out var address)) return PublicAddresses.Contain(address);
        return !host.Equals("localhost", StringComparison.OrdinalIgnoreCase) && !host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
    }
}
