using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Ivg.Api.Sessions;

/// <summary>The cookie <c>ivg_session</c>: a random id and its HMAC-SHA256.</summary>
internal sealed class SessionCookie(IOptions<SessionOptions> options)
{
    private const string Name = "ivg_session";

    // No platform's session can begin like this: their ids have no tilde.
    private const string Prefix = "~";

    private readonly byte[][] _keys = [.. SessionOptions.Split(options.Value.AppSecretKey).Select(Encoding.UTF8.GetBytes)];

    /// <summary>The session of the request's cookie; null when there is none, or it is forged or damaged.</summary>
    public string? Read(HttpRequest request)
    {
        var value = request.Cookies[Name];
        var dot = value?.IndexOf('.', StringComparison.Ordinal) ?? -1;
        if (dot != 32 || !value.AsSpan(0, dot).ContainsOnlyHex()) return null;
        var id = value![..dot];
        return _keys.Any(key => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Sign(key, id)), Encoding.ASCII.GetBytes(value[(dot + 1)..])))
            ? Prefix + id
            : null;
    }

    /// <summary>Makes a new session and sets its cookie.</summary>
    public string Start(HttpContext context)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        context.Response.Cookies.Append(Name, $"{id}.{Sign(_keys[0], id)}", new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
            IsEssential = true,
            MaxAge = TimeSpan.FromDays(400),
            Path = "/",
        });
        // Whatever may else be shared, this answer is one caller's: no cache between may hand its cookie to others.
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.GetTypedHeaders();
            if (headers.CacheControl is { Public: true } shared)
            {
                (shared.Public, shared.Private) = (false, true);
                headers.CacheControl = shared;
            }
            return Task.CompletedTask;
        });
        return Prefix + id;
    }

    private static string Sign(byte[] key, string id) => Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(id)));
}
