using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Ivg.Hosting.Orchestration;
using Ivg.Hosting.Telemetry.Otlp;
using Microsoft.Extensions.Configuration;

namespace Ivg.Hosting.Projects;

/// <summary>The variables that every service gets: where to listen, who it is, where its telemetry goes.</summary>
internal sealed class ServiceEnvironment(IConfiguration configuration, OtlpAccess dashboard)
{
    private const string Development = "Development";
    private readonly string _run = Guid.CreateVersion7().ToString("N")[..8];

    public IReadOnlyDictionary<string, string?> For(ResourceInstance instance)
    {
        var environmentName = Own("ASPNETCORE_ENVIRONMENT") ?? Own("DOTNET_ENVIRONMENT") ?? Development;
        var variables = new Dictionary<string, string?>
        {
            ["ASPNETCORE_ENVIRONMENT"] = environmentName,
            ["DOTNET_ENVIRONMENT"] = Own("DOTNET_ENVIRONMENT") ?? environmentName,
            ["OTEL_SERVICE_NAME"] = instance.Resource.Name,
            ["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={instance.Id}-{_run}",
            ["DOTNET_LAUNCH_PROFILE"] = null,
            ["ASPNETCORE_URLS"] = Urls(instance),
        };
        foreach (var endpoint in instance.Resource.Annotations.OfType<EndpointAnnotation>())
            if (endpoint.TargetPortEnvironmentVariable is { } variable && instance.Endpoint(endpoint) is { } allocated)
                variables[variable] = allocated.Port.ToString(CultureInfo.InvariantCulture);

        AddTelemetry(variables, environmentName);
        return variables;
    }

    /// <summary>Null, which removes what the host itself was told, for a project that does not listen.</summary>
    private static string? Urls(ResourceInstance instance)
    {
        var urls = instance.Resource.Annotations.OfType<EndpointAnnotation>()
            .Where(e => e.UriScheme is "http" or "https")
            .Select(e => instance.Endpoint(e)?.UriString);
        return string.Join(';', urls) is { Length: > 0 } joined ? joined : null;
    }

    private void AddTelemetry(Dictionary<string, string?> variables, string environmentName)
    {
        var grpc = configuration["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"];
        var http = configuration["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"];
        var elsewhere = grpc ?? http;
        if (elsewhere is not null)
            Send(variables, elsewhere, grpc is not null ? "grpc" : "http/protobuf", configuration["AppHost:OtlpApiKey"]);
        else if (Own("OTEL_EXPORTER_OTLP_ENDPOINT") is null && dashboard.GrpcUrl is { } here)
            Send(variables, here, "grpc", dashboard.Key);
        else if (Own("OTEL_EXPORTER_OTLP_ENDPOINT") is null)
            return;

        if (environmentName != Development)
            return;

        // A developer wants to see a request the moment it is over.
        variables["OTEL_BLRP_SCHEDULE_DELAY"] = "1000";
        variables["OTEL_BSP_SCHEDULE_DELAY"] = "1000";
        variables["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";
        variables["OTEL_TRACES_SAMPLER"] = "always_on";
        variables["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
    }

    private static void Send(Dictionary<string, string?> variables, string endpoint, string protocol, string? key)
    {
        variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint;
        variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = protocol;
        if (!string.IsNullOrEmpty(key))
            variables["OTEL_EXPORTER_OTLP_HEADERS"] = $"{OtlpAccess.Header}={key}";
    }

    private static string? Own(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
