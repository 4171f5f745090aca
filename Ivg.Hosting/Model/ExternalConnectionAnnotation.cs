namespace Aspire.Hosting.ApplicationModel;

/// <summary>The configuration names a server to use instead of one of our own. Without a connection string: nobody needs the resource.</summary>
internal sealed class ExternalConnectionAnnotation(string? connectionString) : IResourceAnnotation
{
    public string? ConnectionString { get; } = connectionString;
}
