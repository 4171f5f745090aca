namespace Ivg.Hosting.Publishing.Model;

/// <summary>A connection string of the model.</summary>
/// <param name="Name">As services know it.</param>
/// <param name="Server">What serves it; null for one that the model only names.</param>
/// <param name="Database">Inside a PostgreSQL server.</param>
internal sealed record DeployedConnection(string Name, DeployedServer? Server, string? Database);
