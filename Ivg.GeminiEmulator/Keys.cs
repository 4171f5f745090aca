using Microsoft.Extensions.Options;

namespace Ivg.GeminiEmulator;

/// <summary>Who may ask.</summary>
internal sealed class Keys(IOptions<EmulatorOptions> options)
{
    /// <summary>The answer to a request without a key or with a wrong one; null for a good one.</summary>
    public (int Status, byte[] Body)? Refuse(HttpContext http)
    {
        var key = http.Request.Headers["x-goog-api-key"].ToString();
        if (key.Length == 0)
            return (403, Answers.Error(403, "PERMISSION_DENIED", "Method doesn't allow unregistered callers. Please use an API key."));
        return (options.Value.ApiKey.Length > 0 ? key != options.Value.ApiKey : key.StartsWith("invalid", StringComparison.Ordinal))
            ? HttpFaults.Find("key_invalid", "", null)
            : null;
    }
}
