using Ivg.Hosting.Telemetry.Logs;
using Ivg.Hosting.Telemetry.Metrics;
using Ivg.Hosting.Telemetry.Otlp;
using Ivg.Hosting.Telemetry.Traces;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Ivg.Hosting.Telemetry;

internal static class TelemetryServices
{
    public static void AddTelemetryStore(this IServiceCollection services)
    {
        services.AddOptions<TelemetryOptions>().BindConfiguration(TelemetryOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<TelemetryOptions>>().Value);
        services.AddSingleton(provider => new OtlpAccess(provider.GetRequiredService<IConfiguration>()["AppHost:OtlpApiKey"]));
        services.AddSingleton<LogStore>();
        services.AddSingleton<TraceStore>();
        services.AddSingleton<MetricStore>();
        services.AddSingleton<TelemetryStore>();
    }
}
