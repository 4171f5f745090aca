using System.ClientModel;
using System.ClientModel.Primitives;
using System.Globalization;
using System.Text.Json;
using Ivg.Core.Generation.ExtensionsAi;
using Ivg.Core.Jobs;
using static Ivg.Core.Generation.ExtensionsAi.GeneratorFaults;

namespace Ivg.Core.Generation.OpenAi;

/// <summary>Puts OpenAI's errors into the contract's words. Its own text, which may quote the key, gets no further.</summary>
internal static class OpenAiFaults
{
    /// <summary>Null for what is not the client's own exception.</summary>
    public static GeneratorFault? Judge(Exception exception) => exception switch
    {
        // The client wraps a broken connection as a result without a status.
        ClientResultException { Status: 0 } => Unreachable("NO_RESPONSE"),
        ClientResultException failed => Judge(failed.Status, Code(failed.GetRawResponse()), Wait(failed.GetRawResponse())),
        _ => null,
    };

    private static GeneratorFault Judge(int status, string code, TimeSpan? wait)
    {
        var reason = $"{status} {code}".TrimEnd();
        return (status, code) switch
        {
            (_, "moderation_blocked" or "content_policy_violation") => Fault(reason, JobErrorCodes.ContentBlocked,
                "The image service refused this picture or these words for safety. Change the wording or use another picture."),
            (_, "insufficient_quota" or "billing_hard_limit_reached" or "billing_not_active") => Fault(reason, JobErrorCodes.ProviderAuth,
                "The image service's credit is used up or its spending limit is reached. Top it up or raise the limit in the key's account."),
            (401, _) => Fault(reason, JobErrorCodes.ProviderAuth, "The image service does not accept the key. Put a valid one into OPENAI_API_KEY."),
            (403, _) => Fault(reason, JobErrorCodes.ProviderAuth,
                "The image service denies the key access. Check OPENAI_API_KEY, and that its organization is verified for image models."),
            (404, _) or (_, "model_not_found") => Fault(reason, JobErrorCodes.ModelUnavailable,
                "The image service has no such model, or its address is wrong. Check OPENAI_IMAGE_MODEL and OPENAI_BASE_URL."),
            (408 or 504, _) => TooSlow with { Reason = reason },
            (429, _) => Fault(reason, JobErrorCodes.ProviderRateLimited,
                "The image service is taking no more requests from this account for the moment. Try again in a minute.", retryable: true, wait),
            ( >= 500, _) => Fault(reason, JobErrorCodes.ProviderUnavailable,
                "The image service is overloaded or out of order. Try again in a few minutes.", retryable: true, wait),
            ( < 400, _) => Fault(reason, JobErrorCodes.ProviderUnavailable, "The image service's address leads elsewhere. Check OPENAI_BASE_URL."),
            _ => Fault(reason, JobErrorCodes.ProviderRejected,
                "The image service cannot use this picture or these settings. Use another picture or another aspect ratio."),
        };
    }

    private static string Code(PipelineResponse? response)
    {
        try
        {
            using var document = JsonDocument.Parse(response?.Content ?? BinaryData.Empty);
            var error = document.RootElement.GetProperty("error");
            return error.TryGetProperty("code", out var code) && code.ValueKind is JsonValueKind.String ? Known(code.GetString()!) : "";
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return "";
        }
    }

    // A code goes to the log, so it has to look like one.
    private static string Known(string code) => code.Length <= 64 && code.All(letter => char.IsAsciiLetterLower(letter) || letter is '_') ? code : "";

    private static TimeSpan? Wait(PipelineResponse? response) =>
        response is not null && response.Headers.TryGetValue("Retry-After", out var text)
        && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds <= 86_400
            ? TimeSpan.FromSeconds(seconds)
            : null;
}
