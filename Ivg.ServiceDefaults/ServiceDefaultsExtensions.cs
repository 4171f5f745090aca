using Ivg.ServiceDefaults.Correlation;
using Ivg.ServiceDefaults.Health;
using Ivg.ServiceDefaults.Settings;
using Ivg.ServiceDefaults.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.Hosting;

/// <summary>What every service of IVG has in common.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>Settings by the seed's names, telemetry, health checks, service discovery and resilient HTTP.</summary>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder) where TBuilder : IHostApplicationBuilder
    {
        builder.AddSeedSettings();
        builder.AddTelemetry();
        builder.AddDefaultHealthChecks();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(http =>
        {
            http.AddStandardResilienceHandler();
            http.AddServiceDiscovery();
        });
        return builder;
    }

    /// <summary>Correlates each request by <c>X-Request-Id</c> and maps <c>/health</c> and <c>/alive</c>; first, it looks at the settings.</summary>
    /// <exception cref="InvalidOperationException">Names every fault of the settings.</exception>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        // Now, for whatever is put in place next reads its options and would tell of its own faults alone.
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        app.UseMiddleware<RequestIdMiddleware>();
        app.MapHealthEndpoints();
        return app;
    }
}
