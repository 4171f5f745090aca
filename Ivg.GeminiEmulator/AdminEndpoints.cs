using System.Text.Json;

namespace Ivg.GeminiEmulator;

/// <summary>Scripting and looking: <c>/_emulator/…</c>, JSON in camelCase.</summary>
internal static class AdminEndpoints
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public static void MapAdmin(this WebApplication app)
    {
        var admin = app.MapGroup("/_emulator");
        admin.MapGet("/health", () => Results.Json(new { status = "ok" }, Web));
        admin.MapPost("/script", AddAsync);
        admin.MapGet("/journal", (Journal journal) => Results.Json(
            new { total = journal.Total, highWater = journal.HighWater, outcomes = journal.Outcomes, entries = journal.Entries }, Web));
        admin.MapPost("/reset", (Journal journal, Script script, Quota quota) =>
        {
            journal.Reset();
            script.Clear();
            quota.Reset();
            return Results.NoContent();
        });
    }

    private static async Task<IResult> AddAsync(HttpContext http, Script script)
    {
        try
        {
            var steps = await JsonSerializer.DeserializeAsync<ScriptStep[]>(http.Request.Body, Web, http.RequestAborted);
            foreach (var step in steps ?? []) script.Add(step);
            return Results.NoContent();
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return Results.Problem(e.Message, statusCode: 400);
        }
    }
}
