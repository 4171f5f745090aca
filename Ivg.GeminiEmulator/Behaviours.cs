using System.Text.Json.Nodes;

namespace Ivg.GeminiEmulator;

/// <summary>The names of everything that can be scripted, and the 200s among them.</summary>
public static class Behaviours
{
    /// <summary>All names.</summary>
    public static IReadOnlySet<string> All { get; } = new HashSet<string>
    {
        // An ordinary answer, and layouts of its parts.
        "ok", "text_then_image", "drafts_then_image", "two_images", "draft_only", "unknown_members", "jpeg", "odd_finish",
        // 200 without a usable picture.
        "text_only", "refusal", "no_image", "image_safety", "image_prohibited", "image_recitation", "image_other", "recitation", "safety",
        "other", "blocklist", "prohibited", "spii", "language", "max_tokens", "unknown_finish", "no_parts", "no_candidates", "blocked_safety", "blocked_other", "blocked_prohibited",
        "blocked_blocklist", "blocked_image_safety", "empty_object",
        "empty_body", "html_200", "truncated_json", "corrupt_base64", "truncated_png", "wrong_mime", "wrong_ratio", "identical", "blank", "same",
        // Other statuses; each but the page of HTML also with "_list" behind it, as a list of one error.
        "bad_request", "bad_picture", "key_invalid", "region", "unauthenticated", "no_credit", "forbidden", "not_found", "request_timeout", "quota_minute", "quota_minute_words",
        "quota_images", "quota_bare", "quota_daily", "quota_zero", "cancelled", "internal", "overloaded", "deadline", "html_502",
        // The connection.
        "redirect", "silence", "stalled_body", "slow_body", "reset", "reset_body", "huge_body",
    }.SelectMany(name => HttpFaults.HasList(name) ? new[] { name, name + "_list" } : [name]).ToHashSet();

    internal static byte[]? WithoutPicture(string behaviour, string model) => behaviour switch
    {
        "text_only" => Answers.Candidate(model, "STOP", [Words("Here is a description of how the picture could look.")]),
        "refusal" => Answers.Candidate(model, "STOP", [Words("I can't help with creating that image.")]),
        "no_image" => Finished(model, "NO_IMAGE"),
        "image_safety" => Finished(model, "IMAGE_SAFETY"),
        "image_prohibited" => Finished(model, "IMAGE_PROHIBITED_CONTENT"),
        "image_recitation" => Finished(model, "IMAGE_RECITATION"),
        "image_other" => Finished(model, "IMAGE_OTHER"),
        "recitation" => Finished(model, "RECITATION"),
        "safety" => Finished(model, "SAFETY"),
        "other" => Finished(model, "OTHER"),
        "blocklist" => Finished(model, "BLOCKLIST"),
        "prohibited" => Finished(model, "PROHIBITED_CONTENT"),
        "spii" => Finished(model, "SPII"),
        "language" => Finished(model, "LANGUAGE"),
        "max_tokens" => Finished(model, "MAX_TOKENS"),
        "unknown_finish" => Finished(model, "IMAGE_SOMETHING_NEW"),
        "no_parts" => Answers.Candidate(model, null, null),
        "no_candidates" => Answers.Body(model, new JsonObject { ["candidates"] = new JsonArray() }),
        "blocked_safety" => Blocked(model, "SAFETY"),
        "blocked_other" => Blocked(model, "OTHER"),
        "blocked_prohibited" => Blocked(model, "PROHIBITED_CONTENT"),
        "blocked_blocklist" => Blocked(model, "BLOCKLIST"),
        "blocked_image_safety" => Blocked(model, "IMAGE_SAFETY"),
        "empty_object" => "{}"u8.ToArray(),
        "empty_body" => [],
        "html_200" => "<!DOCTYPE html><html><body>Sign in to the network</body></html>"u8.ToArray(),
        "corrupt_base64" => Answers.Candidate(model, "STOP", [Answers.PicturePart("image/png", "iVBORw0KGgo*not*base64*", thought: false)]),
        _ => null,
    };

    internal static JsonNode Words(string text, bool thought = false) =>
        thought ? new JsonObject { ["text"] = text, ["thought"] = true } : new JsonObject { ["text"] = text };

    private static byte[] Finished(string model, string reason) =>
        Answers.Candidate(model, reason, null, "Unable to show the generated image. You will not be charged for this request. Support code: 1234.");

    private static byte[] Blocked(string model, string reason) =>
        Answers.Body(model, new JsonObject { ["promptFeedback"] = new JsonObject { ["blockReason"] = reason } });
}
