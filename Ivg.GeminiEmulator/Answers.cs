using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ivg.GeminiEmulator;

/// <summary>Bodies as Google writes them.</summary>
internal static class Answers
{
    public const string Json = "application/json; charset=UTF-8";

    // As Google does: the plus signs of base64 are not escaped, which would cost every reader more than all else in the answer.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A 200 with a picture between other parts.</summary>
    public static byte[] Picture(string model, string mimeType, byte[] picture, string finishReason, JsonNode[] before, JsonNode[] after, bool thought = false) =>
        Candidate(model, finishReason, [.. before, PicturePart(mimeType, Convert.ToBase64String(picture), thought), .. after]);

    public static JsonObject PicturePart(string mimeType, string base64, bool thought)
    {
        var part = new JsonObject { ["inlineData"] = new JsonObject { ["mimeType"] = mimeType, ["data"] = base64 } };
        if (thought) part["thought"] = true;
        else part["thoughtSignature"] = "c2lnbmF0dXJl";
        return part;
    }

    /// <summary>A 200 with one candidate; null parts leave its content without any.</summary>
    public static byte[] Candidate(string model, string? finishReason, JsonNode[]? parts, string? finishMessage = null)
    {
        var content = new JsonObject { ["role"] = "model" };
        if (parts is not null) content["parts"] = new JsonArray(parts);
        var candidate = new JsonObject { ["content"] = content, ["index"] = 0 };
        if (finishReason is not null) candidate["finishReason"] = finishReason;
        if (finishMessage is not null) candidate["finishMessage"] = finishMessage;
        return Body(model, new JsonObject { ["candidates"] = new JsonArray(candidate) });
    }

    public static byte[] Body(string model, JsonObject answer)
    {
        answer["usageMetadata"] = new JsonObject
        {
            ["promptTokenCount"] = 560, ["candidatesTokenCount"] = 1120, ["thoughtsTokenCount"] = 80, ["totalTokenCount"] = 1760,
            ["promptTokensDetails"] = new JsonArray(
                new JsonObject { ["modality"] = "TEXT", ["tokenCount"] = 302 }, new JsonObject { ["modality"] = "IMAGE", ["tokenCount"] = 258 }),
            ["candidatesTokensDetails"] = new JsonArray(new JsonObject { ["modality"] = "IMAGE", ["tokenCount"] = 1120 }),
        };
        // A model that another one answers for is about to go.
        if (EmulatedModel.All[model].AnsweredBy is not null)
            answer["modelStatus"] = new JsonObject { ["modelStage"] = "DEPRECATED", ["retirementTime"] = "2027-01-01T00:00:00Z" };
        answer["modelVersion"] = EmulatedModel.All[model].AnsweredBy ?? model;
        answer["responseId"] = Guid.NewGuid().ToString("N")[..20];
        return Utf8(answer);
    }

    /// <summary>An error as Google's front ends write it.</summary>
    public static byte[] Error(int code, string status, string message, params JsonNode[] details)
    {
        var error = new JsonObject { ["code"] = code, ["message"] = message, ["status"] = status };
        if (details.Length > 0) error["details"] = new JsonArray(details);
        return Utf8(new JsonObject { ["error"] = error });
    }

    public static JsonObject Detail(string type, string member, JsonNode value) =>
        new() { ["@type"] = "type.googleapis.com/google.rpc." + type, [member] = value };

    public static byte[] Utf8(JsonNode node) => JsonSerializer.SerializeToUtf8Bytes(node, Plain);

    public static async Task WriteAsync(HttpContext http, int status, string type, byte[] body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = type;
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }
}
