namespace Ivg.Hosting.Publishing.Model;

/// <summary>A server of the model.</summary>
/// <param name="PasswordKey">Of the secret; null for a server without one.</param>
/// <param name="Databases">Of a PostgreSQL server.</param>
/// <param name="External">Where it is when it is somebody else's.</param>
internal sealed record DeployedServer(
    string Name, ServerKind Kind, int Port, string? PasswordKey, string UserName, IReadOnlyList<string> Databases, ExternalServer? External);
