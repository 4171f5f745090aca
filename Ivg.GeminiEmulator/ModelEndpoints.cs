using System.Text.Json.Nodes;

namespace Ivg.GeminiEmulator;

/// <summary><c>GET /v1beta/models</c> and <c>/v1beta/models/{id}</c>.</summary>
internal static class ModelEndpoints
{
    public static void MapModels(this WebApplication app)
    {
        app.MapGet("/v1beta/models", (HttpContext http, Keys keys) => AnswerAsync(http, keys, (200, Answers.Utf8(new JsonObject
        {
            ["models"] = new JsonArray([.. EmulatedModel.All.Where(model => !model.Value.Retired).Select(model => Describe(model.Key))]),
        }))));
        app.MapGet("/v1beta/models/{id}", (string id, HttpContext http, Keys keys) => AnswerAsync(http, keys,
            EmulatedModel.All.TryGetValue(id, out var model) && !model.Retired ? (200, Answers.Utf8(Describe(id))) : HttpFaults.Find("not_found", id, null)!.Value));
    }

    private static Task AnswerAsync(HttpContext http, Keys keys, (int Status, byte[] Body) answer)
    {
        var (status, body) = keys.Refuse(http) ?? answer;
        return Answers.WriteAsync(http, status, Answers.Json, body);
    }

    private static JsonObject Describe(string id) => new()
    {
        ["name"] = "models/" + id,
        ["baseModelId"] = id,
        ["displayName"] = id,
        ["supportedGenerationMethods"] = new JsonArray("generateContent"),
    };
}
