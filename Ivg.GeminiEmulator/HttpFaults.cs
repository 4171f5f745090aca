using System.Text.Json.Nodes;

namespace Ivg.GeminiEmulator;

/// <summary>The answers that are not 200. None has a <c>Retry-After</c> header, as Google's have none.</summary>
internal static class HttpFaults
{
    private const string List = "_list";

    /// <summary>Null when the behaviour is none of these. A name that ends with <c>_list</c> gives the error as a list of one, as Google at times does.</summary>
    public static (int Status, byte[] Body)? Find(string behaviour, string model, string? retryDelay) =>
        behaviour.EndsWith(List, StringComparison.Ordinal) && One(behaviour[..^List.Length], model, retryDelay) is { } one
            ? (one.Status, Answers.Utf8(new JsonArray(JsonNode.Parse(one.Body))))
            : One(behaviour, model, retryDelay);

    public static bool HasList(string behaviour) => One(behaviour, "", null) is { Body: [(byte)'{', ..] };

    private static (int Status, byte[] Body)? One(string behaviour, string model, string? retryDelay) => behaviour switch
    {
        "bad_request" => (400, Bad("Request contains an invalid argument.", "contents")),
        "bad_picture" => (400, Bad("Unable to process input image. Please retry or report in https://example.invalid/", null)),
        "key_invalid" => (400, Answers.Error(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.",
            Answers.Detail("ErrorInfo", "reason", "API_KEY_INVALID"))),
        "region" => (400, Answers.Error(400, "FAILED_PRECONDITION", "User location is not supported for the API use without a billing account linked.")),
        "unauthenticated" => (401, Answers.Error(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.")),
        "no_credit" => (402, Answers.Error(402, "RESOURCE_EXHAUSTED", "The prepaid credit of this project is used up.")),
        "forbidden" => (403, Answers.Error(403, "PERMISSION_DENIED", "The caller does not have permission.")),
        "not_found" => (404, Answers.Error(404, "NOT_FOUND", $"models/{model} is not found for API version v1beta, or is not supported for generateContent.")),
        "request_timeout" => (408, Answers.Error(408, "CANCELLED", "The request did not arrive in time.")),
        "quota_minute" => (429, Exhausted(model, "GenerateRequestsPerMinutePerProjectPerModel", "Quota exceeded, limit: 10.", retryDelay)),
        "quota_minute_words" => (429, Answers.Error(429, "RESOURCE_EXHAUSTED", $"Quota exceeded. Please retry in {retryDelay ?? "26.66s"}.")),
        "quota_images" => (429, Exhausted(model, "GenerateImagesPerMinutePerProjectPerModel", "Quota exceeded, limit: 10.", retryDelay)),
        "quota_bare" => (429, Answers.Error(429, "RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota).")),
        "quota_daily" => (429, Exhausted(model, "GenerateRequestsPerDayPerProjectPerModel-FreeTier", "Quota exceeded, limit: 100.", retryDelay)),
        "quota_zero" => (429, Exhausted(model, "GenerateRequestsPerMinutePerProjectPerModel", "Quota exceeded for metric, limit: 0", retryDelay)),
        "cancelled" => (499, Answers.Error(499, "CANCELLED", "The operation was cancelled.")),
        "internal" => (500, Answers.Error(500, "INTERNAL", "An internal error has occurred.")),
        "overloaded" => (503, Answers.Error(503, "UNAVAILABLE", "The model is overloaded. Please try again later.")),
        "deadline" => (504, Answers.Error(504, "DEADLINE_EXCEEDED", "Deadline expired before operation could complete.")),
        "html_502" => (502, "<html><head><title>502 Bad Gateway</title></head><body>Error: Server Error</body></html>"u8.ToArray()),
        _ => null,
    };

    public static byte[] Bad(string message, string? field)
    {
        var violation = new JsonObject { ["description"] = message };
        if (field is not null) violation["field"] = field;
        return Answers.Error(400, "INVALID_ARGUMENT", message, Answers.Detail("BadRequest", "fieldViolations", new JsonArray(violation)));
    }

    public static byte[] Exhausted(string model, string quotaId, string message, string? retryDelay)
    {
        var details = new List<JsonNode>
        {
            Answers.Detail("QuotaFailure", "violations", new JsonArray(new JsonObject
            {
                ["quotaMetric"] = "generativelanguage.googleapis.com/generate_content_requests", ["quotaId"] = quotaId,
                ["quotaDimensions"] = new JsonObject { ["model"] = model, ["location"] = "global" }, ["quotaValue"] = "10",
            })),
            Answers.Detail("Help", "links", new JsonArray()),
        };
        if (retryDelay is not null) details.Add(Answers.Detail("RetryInfo", "retryDelay", retryDelay));
        return Answers.Error(429, "RESOURCE_EXHAUSTED", message, [.. details]);
    }
}
