using System.Text.Json.Nodes;
using Ivg.ServiceDefaults.Health;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Ivg.Api.Health;

/// <summary>Liveness and readiness by the seed's addresses.</summary>
internal static class HealthApi
{
    public static void MapHealthApi(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/health", () => Results.Json(new { status = "ok" })).WithName("Health").WithTags("Health").WithSummary("Liveness");
        app.MapGet("/api/ready", ReadyAsync).WithName("Ready").WithTags("Health").WithSummary("Readiness, with each dependency");
    }

    private static async Task<IResult> ReadyAsync(HealthReporter reporter, CancellationToken cancellationToken)
    {
        var report = await reporter.CheckAsync("ready", cancellationToken);
        var ready = report.Status != HealthStatus.Unhealthy;
        var checks = report.Entries.Where(entry => entry.Key != "self").Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)new JsonObject
        {
            ["status"] = entry.Value.Status == HealthStatus.Unhealthy ? "unavailable" : "ok",
            ["latency_ms"] = Math.Round(entry.Value.Duration.TotalMilliseconds, 1),
        }));
        return Results.Json(new JsonObject { ["status"] = ready ? "ok" : "unavailable", ["checks"] = new JsonObject(checks) }, statusCode: ready ? 200 : 503);
    }
}
