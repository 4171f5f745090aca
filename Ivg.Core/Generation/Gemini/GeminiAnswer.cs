using System.Text.Json;
using Ivg.Core.Jobs;

namespace Ivg.Core.Generation.Gemini;

/// <summary>Reads the body of a 200: finds the picture, or names why there is none.</summary>
internal static class GeminiAnswer
{
    public static GeminiVerdict Read(ReadOnlySpan<byte> body, long maxPixels)
    {
        GeminiResponse? response;
        try
        {
            response = body.Length == 0 ? new(null, null, null, null, null) : JsonSerializer.Deserialize(body, GeminiResponseJson.Default.GeminiResponse);
        }
        catch (JsonException)
        {
            return GeminiVerdict.Failed("UNREADABLE", JobErrorCodes.ProviderUnavailable,
                "The image service's answer was cut short or is not one of its own. Try again; if it stays, check GEMINI_BASE_URL.", retryable: true, lastTry: 1);
        }
        return Judge(response, maxPixels) with
        {
            ModelVersion = response?.ModelVersion,
            ResponseId = response?.ResponseId,
            InputTokens = response?.UsageMetadata?.PromptTokenCount,
            OutputTokens = response?.UsageMetadata is { } usage ? (usage.CandidatesTokenCount ?? 0) + (usage.ThoughtsTokenCount ?? 0) : null,
        };
    }

    private static GeminiVerdict Judge(GeminiResponse? response, long maxPixels)
    {
        var candidate = response?.Candidates is [var first, ..] ? first : null;
        var parts = candidate?.Content?.Parts ?? [];
        var pictures = parts.Where(part => part?.InlineData is not null).ToArray();
        // Drafts of a thinking model come first and are marked; a lone marked picture has been seen to be the result.
        var chosen = pictures.LastOrDefault(part => part!.Thought is not true) ?? pictures.LastOrDefault();
        if (chosen is not null) return JudgePicture(chosen.InlineData!.Data ?? [], candidate?.FinishReason ?? "", maxPixels);
        if (response?.PromptFeedback?.BlockReason is { Length: > 0 } block) return Blocked(block);
        return candidate?.FinishReason is { Length: > 0 } reason ? Unfinished(reason) : NoImage("EMPTY", lastTry: 1);
    }

    private static GeminiVerdict JudgePicture(byte[] bytes, string reason, long maxPixels) => ResultImages.Verify(bytes, maxPixels) is { } verified
        ? new GeminiVerdict { Image = verified.Image, Preview = verified.Preview, Reason = reason }
        : GeminiVerdict.Failed("DAMAGED", JobErrorCodes.NoImageReturned, "The image service sent a damaged picture. Try again.", retryable: false, lastTry: 1);

    private static GeminiVerdict Blocked(string reason) => reason is "OTHER" or "BLOCK_REASON_UNSPECIFIED"
        ? GeminiVerdict.Failed($"BLOCK_{reason}", JobErrorCodes.ContentBlocked,
            "The image service refused these pictures or words without saying why. Use another picture.", retryable: false, lastTry: 1, GeminiRemedy.Reencode)
        : Refused($"BLOCK_{reason}");

    private static GeminiVerdict Unfinished(string reason) => reason switch
    {
        "SAFETY" or "PROHIBITED_CONTENT" or "BLOCKLIST" or "SPII" or "LANGUAGE" => Refused(reason),
        "IMAGE_SAFETY" or "IMAGE_PROHIBITED_CONTENT" => GeminiVerdict.Failed(reason, JobErrorCodes.ContentBlocked,
            "The image service drew a picture and withheld it for safety. Change the wording or the picture.", retryable: false, lastTry: 1),
        "RECITATION" or "IMAGE_RECITATION" => GeminiVerdict.Failed(reason, JobErrorCodes.ContentBlocked,
            "The image service withheld the picture because it is too close to a known work. Describe the style without names of artists or brands.",
            retryable: false, lastTry: 1),
        "IMAGE_OTHER" or "OTHER" => NoImage(reason, lastTry: 2, GeminiRemedy.Reseed),
        "MAX_TOKENS" => NoImage(reason, lastTry: 1, GeminiRemedy.LessThinking),
        "NO_IMAGE" or "STOP" => NoImage(reason, lastTry: 2),
        _ => NoImage(reason, lastTry: 1),
    };

    private static GeminiVerdict Refused(string reason) => GeminiVerdict.Failed(reason, JobErrorCodes.ContentBlocked,
        "The image service refused this picture or these words for safety. Change the wording or use another picture.", retryable: false);

    // Not retryable by the job: the tries that may help were made here, and each is billed.
    private static GeminiVerdict NoImage(string reason, int lastTry, GeminiRemedy remedy = GeminiRemedy.Reword) => GeminiVerdict.Failed(
        reason, JobErrorCodes.NoImageReturned,
        "The image service answered without a picture. Say more plainly what the picture should show, or use another picture.",
        retryable: false, lastTry, remedy);
}
