namespace Aspire.Hosting.ApplicationModel;

/// <summary>A database of a PostgreSQL server.</summary>
public class PostgresDatabaseResource(string name, string databaseName, PostgresServerResource postgresParentResource)
    : Resource(name), IResourceWithParent<PostgresServerResource>, IResourceWithConnectionString
{
    public PostgresServerResource Parent { get; } = postgresParentResource;

    public string DatabaseName { get; } = databaseName;

    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{Parent};Database={DatabaseName}");

    public ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default)
        => this.TryGetLastAnnotation<ExternalConnectionAnnotation>(out var external)
            ? ValueTask.FromResult(external.ConnectionString)
            : ConnectionStringExpression.GetValueAsync(cancellationToken);
}
