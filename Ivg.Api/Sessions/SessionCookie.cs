using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Ivg.Api.Pages;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Ivg.Api.Sessions;

/// <summary>The cookie <c>ivg_session</c>: a random id and its HMAC-SHA256.</summary>
internal sealed class SessionCookie(IOptions<SessionOptions> options)
{
    private const string Name = "ivg_session";

    // No platform's session can begin like this: their ids have no tilde.
    private const string Prefix = "~";

    private readonly byte[][] _keys = [.. SessionOptions.Split(options.Value.AppSecretKey).Select(Encoding.UTF8.GetBytes)];

    /// <summary>The session of the request's cookie; null when there is none, or it is forged or damaged. One that an older secret signed is signed anew.</summary>
    public string? Read(HttpContext context)
    {
        var value = context.Request.Cookies[Name];
        var dot = value?.IndexOf('.', StringComparison.Ordinal) ?? -1;
        if (dot != 32 || !value.AsSpan(0, dot).ContainsOnlyHex()) return null;
        var id = value![..dot];
        var key = Array.FindIndex(_keys, key => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Sign(key, id)), Encoding.ASCII.GetBytes(value[(dot + 1)..])));
        if (key < 0) return null;
        // It has no date, for a replica of the version before would not know it and start another session. So each page begins its life again.
        if (key > 0 || WebPageMarker.IsPage(context)) Set(context, id);
        return Prefix + id;
    }

    /// <summary>Makes a new session and sets its cookie.</summary>
    public string Start(HttpContext context)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        Set(context, id);
        return Prefix + id;
    }

    private void Set(HttpContext context, string id)
    {
        context.Response.Cookies.Append(Name, $"{id}.{Sign(_keys[0], id)}", new CookieOptions
        {
            HttpOnly = true,
            SameSite = Microsoft.AspNetCore.Http.SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
            IsEssential = true,
            MaxAge = TimeSpan.FromDays(400),
            Path = "/",
        });
        // Whatever may else be shared, this answer is one caller's: no cache between may keep its cookie, not even to ask whether it is still good.
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.GetTypedHeaders();
            var control = headers.CacheControl ?? new CacheControlHeaderValue();
            if (control.NoStore) return Task.CompletedTask;
            (control.Public, control.Private) = (false, true);
            headers.CacheControl = control;
            return Task.CompletedTask;
        });
    }

    private static string Sign(byte[] key, string id) => Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(id)));
}
