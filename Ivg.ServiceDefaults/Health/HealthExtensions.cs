using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Ivg.ServiceDefaults.Health;

internal static class HealthExtensions
{
    public static void AddDefaultHealthChecks(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<HealthReporter>();
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), ["live"]);
    }

    /// <summary><c>/health</c>: every check; <c>/alive</c>: only whether the process itself still works.</summary>
    public static void MapHealthEndpoints(this WebApplication app)
    {
        app.MapGet("/health", (HealthReporter reporter, CancellationToken token) => AnswerAsync(reporter, "ready", token)).ExcludeFromDescription();
        app.MapGet("/alive", (HealthReporter reporter, CancellationToken token) => AnswerAsync(reporter, "live", token)).ExcludeFromDescription();
    }

    private static async Task<IResult> AnswerAsync(HealthReporter reporter, string tag, CancellationToken cancellationToken)
    {
        var report = await reporter.CheckAsync(tag, cancellationToken);
        var body = new
        {
            status = report.Status.ToString().ToLowerInvariant(),
            checks = report.Entries.ToDictionary(entry => entry.Key, entry => new
            {
                status = entry.Value.Status.ToString().ToLowerInvariant(),
                latency_ms = Math.Round(entry.Value.Duration.TotalMilliseconds, 1),
                description = entry.Value.Description,
            }),
        };
        return Results.Json(body, statusCode: report.Status == HealthStatus.Unhealthy ? 503 : 200);
    }
}
