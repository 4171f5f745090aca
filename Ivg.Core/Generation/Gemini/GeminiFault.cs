using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Ivg.Core.Generation.Gemini;

/// <summary>An answer other than 200, read as far as it can be.</summary>
/// <param name="StatusCode">The HTTP status.</param>
/// <param name="Status">Google's word for it, such as <c>RESOURCE_EXHAUSTED</c>; empty when the body is no error of Google's.</param>
/// <param name="Reason">The reason of an ErrorInfo detail, such as <c>API_KEY_INVALID</c>.</param>
/// <param name="RetryAfter">The wait that was asked for, in the body or in the header.</param>
/// <param name="QuotaIsSpent">A daily quota is used up or the account has none for this model: waiting minutes is no use.</param>
internal sealed partial record GeminiFault(int StatusCode, string Status, string Reason, TimeSpan? RetryAfter, bool QuotaIsSpent)
{
    private const int MaxRead = 64 * 1024;

    /// <summary>Whether the same call may succeed soon.</summary>
    public bool IsTransient => StatusCode is 408 or 429 or 499 or >= 500 && !QuotaIsSpent;

    public static GeminiFault Parse(HttpStatusCode status, ReadOnlyMemory<byte> body, TimeSpan? headerDelay)
    {
        var bare = new GeminiFault((int)status, "", "", headerDelay, QuotaIsSpent: false);
        try
        {
            using var document = JsonDocument.Parse(body.Length > MaxRead ? body[..MaxRead] : body);
            var root = document.RootElement;
            if (root.ValueKind is JsonValueKind.Array && root.GetArrayLength() > 0) root = root[0];
            return root.ValueKind is JsonValueKind.Object && root.TryGetProperty("error", out var error) && error.ValueKind is JsonValueKind.Object
                ? bare.WithError(error)
                : bare;
        }
        catch (JsonException)
        {
            return bare;
        }
    }

    private GeminiFault WithError(JsonElement error)
    {
        var message = Text(error, "message");
        var delay = RetryAfter;
        var spent = message.Contains("limit: 0", StringComparison.OrdinalIgnoreCase) && !LimitAboveZero().IsMatch(message);
        var reason = "";
        foreach (var detail in Items(error, "details"))
        {
            if (Text(detail, "reason") is { Length: > 0 } named) reason = named;
            if (Seconds(Text(detail, "retryDelay")) is { } asked) delay = asked;
            foreach (var violation in Items(detail, "violations"))
            {
                var quota = Text(violation, "quotaId");
                spent |= quota.Contains("PerDay", StringComparison.OrdinalIgnoreCase) || quota.Contains("Daily", StringComparison.OrdinalIgnoreCase);
            }
        }
        delay ??= PleaseRetryIn().Match(message) is { Success: true } words ? Seconds(words.Groups[1].Value) : null;
        return this with { Status = Text(error, "status"), Reason = reason, RetryAfter = delay, QuotaIsSpent = spent && StatusCode == 429 };
    }

    private static string Text(JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString()! : "";

    private static JsonElement.ArrayEnumerator Items(JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Array
            ? value.EnumerateArray()
            : default;

    /// <summary>A duration such as <c>34.074824224s</c> or <c>900ms</c>; null when it is none or over a day.</summary>
    private static TimeSpan? Seconds(string duration)
    {
        var millis = duration.EndsWith("ms", StringComparison.Ordinal);
        if (!duration.EndsWith('s') || !double.TryParse(duration.AsSpan(0, duration.Length - (millis ? 2 : 1)),
            NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return null;
        var seconds = millis ? number / 1000 : number;
        return seconds <= 86_400 ? TimeSpan.FromSeconds(seconds) : null;
    }

    [GeneratedRegex(@"Please retry in ([0-9.]+m?s)", RegexOptions.CultureInvariant)]
    private static partial Regex PleaseRetryIn();

    [GeneratedRegex(@"limit: [1-9]", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex LimitAboveZero();
}
