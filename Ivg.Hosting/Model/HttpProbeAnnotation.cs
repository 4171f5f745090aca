namespace Aspire.Hosting.ApplicationModel;

/// <summary>A question that a deployment asks over HTTP; 200 to 399 is a yes. Times are seconds.</summary>
internal sealed class HttpProbeAnnotation(ProbeType type, Func<EndpointReference> endpoint, string path) : IResourceAnnotation
{
    public ProbeType Type { get; } = type;

    public Func<EndpointReference> Endpoint { get; } = endpoint;

    public string Path { get; } = path;

    public required int InitialDelaySeconds { get; init; }

    public required int PeriodSeconds { get; init; }

    public required int TimeoutSeconds { get; init; }

    public required int FailureThreshold { get; init; }

    public required int SuccessThreshold { get; init; }
}
