using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using Ivg.Hosting.Telemetry.Otlp;

namespace Ivg.Hosting.Dashboard.Resources;

/// <summary>Keeps secrets off the page: what is named like one, has a password or an address's key in it, or has a secret of the model in it is never sent to the browser.</summary>
internal sealed partial class SecretMask(DistributedApplicationModel model, OtlpAccess otlp)
{
    // Shorter ones would mask half of everything.
    private const int MinLength = 4;

    /// <summary>The model's secrets as they are now.</summary>
    public async Task<IReadOnlyList<string>> SecretsAsync(CancellationToken cancellationToken)
    {
        var secrets = new List<string> { otlp.Key };
        var parameters = model.Resources.OfType<ParameterResource>().Where(p => p.Secret)
            .Concat(model.Resources.OfType<PostgresServerResource>().Select(p => p.PasswordParameter))
            .Concat(model.Resources.OfType<RedisResource>().Select(r => r.PasswordParameter).OfType<ParameterResource>());
        foreach (var parameter in parameters)
            if (await parameter.GetValueAsync(cancellationToken) is { Length: >= MinLength } value)
                secrets.Add(value);

        return secrets;
    }

    public static bool Hides(string name, string value, IReadOnlyList<string> secrets)
        => SecretName().IsMatch(name) || SecretInside().IsMatch(value) || secrets.Any(s => value.Contains(s, StringComparison.Ordinal));

    [GeneratedRegex("(KEY|SECRET|PASSWORD|PASSWD|PWD|TOKEN|CREDENTIAL|HEADERS|^ConnectionStrings__)", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    [GeneratedRegex("(password|pwd|accountkey|sharedaccesskey)\\s*=|://[^/?#\\s]*@|://[^\\s?]*\\?", RegexOptions.IgnoreCase)]
    private static partial Regex SecretInside();
}
