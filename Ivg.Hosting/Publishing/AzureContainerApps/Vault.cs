using Ivg.Hosting.Publishing.Model;

namespace Ivg.Hosting.Publishing.AzureContainerApps;

/// <summary>How secrets are called in the vault and in the apps: small letters, digits and hyphens are what both take.</summary>
internal static class Vault
{
    public static string NameOf(string key) => key.Replace("__", "-", StringComparison.Ordinal).Replace('_', '-').ToLowerInvariant();

    public static string NameOf(DeployedConnection connection) => NameOf($"ConnectionStrings__{connection.Name}");

    /// <summary>The secret that a variable is; connection strings are secrets as a whole, for a value cannot take in a part.</summary>
    public static string? SecretOf(DeployedVariable variable, DeployedService service) => variable switch
    {
        { Connection: { } connection } => NameOf(connection),
        { Parts: [ValuePart.Secret only] } => NameOf(only.Key),
        _ when variable.SecretKeys.Any() => throw new Aspire.Hosting.DistributedApplicationException(
            $"'{variable.Name}' of '{service.Name}' has a secret inside other text, which Azure Container Apps cannot put together. Give the service the secret alone."),
        _ => null,
    };

    /// <summary>What the operator puts into the vault: passwords of servers that Azure makes up are not among them.</summary>
    public static IEnumerable<DeployedSecret> OfOperator(DeploymentModel model)
    {
        var made = model.Servers.Where(s => s is { Kind: ServerKind.Redis, External: null }).Select(s => s.PasswordKey).ToHashSet(StringComparer.Ordinal);
        return model.Secrets.Where(s => !made.Contains(s.Key));
    }
}
