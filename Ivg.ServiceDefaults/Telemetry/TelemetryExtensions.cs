using Ivg.ServiceDefaults.Logging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Ivg.ServiceDefaults.Telemetry;

internal static class TelemetryExtensions
{
    /// <summary>Logs, metrics and traces; exported over OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set.</summary>
    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        // One line a command or call is too much of a good thing; the spans have them.
        foreach (var noisy in new[] { "Npgsql", "Polly", "System.Net.Http.HttpClient", "Microsoft.AspNetCore" })
            builder.Logging.AddFilter(noisy, LogLevel.Warning);
        if (!builder.Environment.IsDevelopment())
        {
            builder.Services.AddSingleton<ConsoleFormatter, JsonLines>();
            builder.Logging.AddConsole(console => console.FormatterName = JsonLines.FormatterName);
        }
        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });
        var telemetry = builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddRuntimeInstrumentation().AddMeter("Ivg.*"))
            .WithTracing(tracing => tracing
                .AddSource("Ivg.*")
                .AddProcessor<BaggageTagProcessor>()
                .AddAspNetCoreInstrumentation(options => options.Filter = context => !IsProbe(context.Request.Path))
                .AddHttpClientInstrumentation());
        builder.Services.AddSingleton<BaggageTagProcessor>();
        if (builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 })
            telemetry.UseOtlpExporter();
    }

    private static bool IsProbe(Microsoft.AspNetCore.Http.PathString path) =>
        path == "/health" || path == "/alive" || path == "/api/health" || path == "/api/ready";
}
