using System.Text.Json.Nodes;

namespace Ivg.GeminiEmulator;

/// <summary><c>GET /v1beta/models</c> and <c>/v1beta/models/{id}</c>.</summary>
internal static class ModelEndpoints
{
    public static void MapModels(this WebApplication app)
    {
        app.MapGet("/v1beta/models", http => Answers.WriteAsync(http, 200, "application/json", Answers.Utf8(new JsonObject
        {
            ["models"] = new JsonArray([.. EmulatedModel.All.Where(model => !model.Value.Retired).Select(model => Describe(model.Key))]),
        })));
        app.MapGet("/v1beta/models/{id}", (string id, HttpContext http) => EmulatedModel.All.TryGetValue(id, out var model) && !model.Retired
            ? Answers.WriteAsync(http, 200, "application/json", Answers.Utf8(Describe(id)))
            : Answers.WriteAsync(http, 404, "application/json", HttpFaults.Find("not_found", id, null)!.Value.Body));
    }

    private static JsonObject Describe(string id) => new()
    {
        ["name"] = "models/" + id,
        ["supportedGenerationMethods"] = new JsonArray("generateContent"),
    };
}
