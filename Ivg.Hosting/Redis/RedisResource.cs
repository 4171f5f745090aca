namespace Aspire.Hosting.ApplicationModel;

/// <summary>A Redis server. The embedded host runs this machine's <c>redis-server</c> or <c>valkey-server</c> as a process.</summary>
public class RedisResource : Resource, IResourceWithConnectionString, IResourceWithEndpoints, IResourceWithWaitSupport
{
    internal const string PrimaryEndpointName = "tcp";

    public RedisResource(string name)
        : base(name)
    {
        PrimaryEndpoint = new EndpointReference(this, PrimaryEndpointName);
    }

    public RedisResource(string name, ParameterResource password)
        : this(name)
    {
        PasswordParameter = password;
    }

    public EndpointReference PrimaryEndpoint { get; }

    public EndpointReferenceExpression Host => PrimaryEndpoint.Property(EndpointProperty.Host);

    public EndpointReferenceExpression Port => PrimaryEndpoint.Property(EndpointProperty.Port);

    public ParameterResource? PasswordParameter { get; private set; }

    public ReferenceExpression ConnectionStringExpression => PasswordParameter is null
        ? ReferenceExpression.Create($"{Host}:{Port}")
        : ReferenceExpression.Create($"{Host}:{Port},password={PasswordParameter}");

    public ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default)
        => this.TryGetLastAnnotation<ExternalConnectionAnnotation>(out var external)
            ? ValueTask.FromResult(external.ConnectionString)
            : ConnectionStringExpression.GetValueAsync(cancellationToken);
}
