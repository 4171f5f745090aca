using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ivg.Api.Errors;
using Microsoft.Extensions.Options;

namespace Ivg.Api.Sessions;

/// <summary>
/// What a page's form carries to show that the page was this session's: no cookie more, and any replica can tell. It is another one each time,
/// so that it cannot be guessed from the length of compressed pages, and also names the form: sent twice, it is one wish.
/// </summary>
internal sealed class FormTokens(IOptions<SessionOptions> options, TimeProvider time)
{
    /// <summary>The name of the form's field.</summary>
    public const string Field = "token";

    private static readonly TimeSpan Oldest = TimeSpan.FromDays(2);

    // Replicas' clocks differ.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    private readonly byte[][] _keys = [.. SessionOptions.Split(options.Value.AppSecretKey).Select(Encoding.UTF8.GetBytes)];

    /// <summary>A new token.</summary>
    public string Make(string session)
    {
        var head = $"{time.GetUtcNow().ToUnixTimeSeconds():x}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}";
        return $"{head}.{Sign(_keys[0], session, head)}";
    }

    /// <summary>Takes a token that was made for this session, not too long ago, with any of the secrets.</summary>
    /// <exception cref="ApiException"><c>stale_form</c> for any other.</exception>
    public void Check(string session, string? token)
    {
        if (token is null || token.Length > 200 || !IsValid(session, token.Split('.')))
            throw new ApiException(400, "stale_form", "The form's token is missing, too old, or another session's.");
    }

    private bool IsValid(string session, string[] parts)
    {
        if (parts.Length != 3 || !long.TryParse(parts[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var seconds) || seconds is < 0 or > uint.MaxValue)
            return false;
        var age = time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds);
        var given = Encoding.UTF8.GetBytes(parts[2]);
        return age > -Skew && age < Oldest
            && _keys.Any(key => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Sign(key, session, $"{parts[0]}.{parts[1]}")), given));
    }

    // The cookie's signatures are over an id alone and cannot pass for one of these.
    private static string Sign(byte[] key, string session, string head) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"form {head} {session}")));
}
