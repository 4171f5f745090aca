namespace Aspire.Hosting.ApplicationModel;

/// <summary>Asked of each replica at its own port, which one check of the host could not do.</summary>
internal sealed class HttpHealthCheckAnnotation(string key, Func<EndpointReference> endpoint, string path, int statusCode)
    : HealthCheckAnnotation(key)
{
    public Func<EndpointReference> Endpoint { get; } = endpoint;

    public string Path { get; } = path;

    public int StatusCode { get; } = statusCode;
}
