namespace Aspire.Hosting.ApplicationModel;

/// <summary>A health check registered with the host that speaks for the resource.</summary>
public class HealthCheckAnnotation(string key) : IResourceAnnotation
{
    public string Key { get; } = key;
}
