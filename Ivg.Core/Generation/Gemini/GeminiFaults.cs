using Ivg.Core.Jobs;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Ivg.Core.Generation.Gemini;

/// <summary>Puts failed exchanges into the contract's words; nothing of Google's own text gets through to callers.</summary>
internal static class GeminiFaults
{
    public static GeminiVerdict Judge(GeminiFault fault)
    {
        var reason = $"{fault.StatusCode} {fault.Status} {fault.Reason}".TrimEnd();
        return fault switch
        {
            { Reason: "API_KEY_INVALID" } or { StatusCode: 401 } => Auth(reason, "The image service does not accept the key. Put a valid one into GEMINI_API_KEY."),
            { Status: "FAILED_PRECONDITION" } => Auth(reason, "The image service does not serve this account here. Enable billing for the key's project."),
            { StatusCode: 402 } => Auth(reason, "The image service's prepaid credit is used up. Top it up in the key's project."),
            { StatusCode: 403 } => Auth(reason, "The image service denies the key access. Check GEMINI_API_KEY, its restrictions and that it is not blocked."),
            { StatusCode: 404 } => GeminiVerdict.Failed(reason, JobErrorCodes.ModelUnavailable,
                "The image service has no such model; it may have been retired. Set GEMINI_MODEL or GEMINI_MODEL_FAST to a current one.",
                retryable: false) with { ModelAtFault = true },
            { StatusCode: 408 or 504 } => Timeout(reason),
            { StatusCode: 429, QuotaIsSpent: true } => GeminiVerdict.Failed(reason, JobErrorCodes.ProviderRateLimited,
                "The image service's quota for this model is used up: the day's, or the account has none. Raise the quota or try again after midnight Pacific time.",
                retryable: false) with { RetryAfter = fault.RetryAfter },
            { StatusCode: 429 } => GeminiVerdict.Failed(reason, JobErrorCodes.ProviderRateLimited,
                "The image service is taking no more requests from this account for the moment. Try again in a minute.",
                retryable: true) with { RetryAfter = fault.RetryAfter },
            { StatusCode: 499 or >= 500 } => Unavailable(reason, "The image service is overloaded or out of order. Try again in a few minutes.")
                with { RetryAfter = fault.RetryAfter, ModelAtFault = true },
            { StatusCode: < 400 } => Unavailable(reason, "The image service's address leads elsewhere. Check GEMINI_BASE_URL.", retryable: false),
            _ => GeminiVerdict.Failed(reason, JobErrorCodes.ProviderRejected,
                "The image service cannot use this picture or these settings. Use another picture or another aspect ratio.", retryable: false),
        };
    }

    /// <summary>A verdict on what the pipeline threw; null for anything that is not its business.</summary>
    public static GeminiVerdict? Judge(Exception exception) => exception switch
    {
        TimeoutRejectedException => Timeout("TIMEOUT"),
        BrokenCircuitException broken => GeminiVerdict.Failed("CIRCUIT_OPEN", JobErrorCodes.CircuitOpen,
            "The image service has failed again and again, so it is left alone for a moment. Try again in a minute.",
            retryable: true) with { RetryAfter = broken.RetryAfter, ModelAtFault = true },
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => GeminiVerdict.Failed("TOO_LARGE",
            JobErrorCodes.NoImageReturned, "The image service's answer is too large to take. Try again.", retryable: false),
        HttpRequestException http => Unavailable(http.HttpRequestError.ToString(),
            "The image service cannot be reached or broke off its answer. Try again; if it stays, check the network and GEMINI_BASE_URL."),
        _ => null,
    };

    /// <summary>Whether the exchange says something about the health of the model: a quota does not.</summary>
    public static bool IsIllHealth(HttpResponseMessage? response, Exception? exception) =>
        response is { StatusCode: >= System.Net.HttpStatusCode.InternalServerError } || exception is HttpRequestException or TimeoutRejectedException;

    private static GeminiVerdict Auth(string reason, string message) => GeminiVerdict.Failed(reason, JobErrorCodes.ProviderAuth, message, retryable: false);

    private static GeminiVerdict Timeout(string reason) => GeminiVerdict.Failed(reason, JobErrorCodes.ProviderTimeout,
        "The image service took too long. Try again, with one image or in the fast mode.", retryable: true);

    private static GeminiVerdict Unavailable(string reason, string message, bool retryable = true) =>
        GeminiVerdict.Failed(reason, JobErrorCodes.ProviderUnavailable, message, retryable);
}
