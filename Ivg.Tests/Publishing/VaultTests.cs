using System.Text.RegularExpressions;

namespace Ivg.Tests.Publishing;

/// <summary>The two deployments to Azure can do to the vault what their own steps ask of them.</summary>
public sealed partial class VaultTests
{
    // Azure's own ids of "Key Vault Secrets Officer" and "Key Vault Secrets User".
    private const string Officer = "b86a8fe4-44ce-4948-aee5-eccb2c155cd7";
    private const string User = "4633458b-17de-408a-b874-0445c86b69e6";

    [Fact]
    public async Task Vault_GivesSecretsToTheDeploymentThatReadsThem()
    {
        using var published = await Published.CreateAsync("azure-container-apps");
        Assert.Contains("vault.getSecret(", published["main.bicep"], StringComparison.Ordinal);
        Assert.Contains("enabledForTemplateDeployment: true", published["foundation.bicep"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Vault_LetsTheOperatorWriteAndTheServicesOnlyRead()
    {
        using var published = await Published.CreateAsync("azure-container-apps");
        var text = published["foundation.bicep"];
        var roles = Role().Matches(text).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        Assert.Equal((Officer, User), (roles["keyVaultSecretsOfficer"], roles["keyVaultSecretsUser"]));
        var given = Assignment().Matches(text).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        Assert.Equal(("vaultOfficer", "identity.properties.principalId"), (given["keyVaultSecretsOfficer"], given["keyVaultSecretsUser"]));
    }

    [GeneratedRegex("var (\\w+) = subscriptionResourceId\\('Microsoft.Authorization/roleDefinitions', '([^']+)'\\)")]
    private static partial Regex Role();

    [GeneratedRegex(@"roleDefinitionId: (\w+)\s+principalId: (\S+)")]
    private static partial Regex Assignment();
}
