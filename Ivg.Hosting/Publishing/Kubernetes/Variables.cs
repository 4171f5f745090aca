using Ivg.Hosting.Publishing.Model;
using k8s.Models;

namespace Ivg.Hosting.Publishing.Kubernetes;

/// <summary>A container's variables: secrets by reference, also where they are a part of a value.</summary>
internal static class Variables
{
    public static IEnumerable<V1EnvVar> Of(DeployedService service, DeploymentModel model, Names names)
    {
        var optional = model.Secrets.Where(s => s.Optional).Select(s => s.Key).ToHashSet(StringComparer.Ordinal);
        // Kubernetes puts $(NAME) in from variables that stand further up.
        foreach (var key in service.Variables.Where(v => v.Parts is not [ValuePart.Secret]).SelectMany(v => v.SecretKeys).Distinct())
            yield return FromSecret(key, key, names, optional.Contains(key));
        foreach (var (name, value) in StandardVariables.Of(service))
            yield return new V1EnvVar { Name = name, Value = value };
        foreach (var variable in service.Variables)
            yield return variable.Parts is [ValuePart.Secret only]
                ? FromSecret(variable.Name, only.Key, names, optional.Contains(only.Key))
                : new V1EnvVar { Name = variable.Name, Value = variable.Render(key => $"$({key})", text => text.Replace("$(", "$$(", StringComparison.Ordinal)) };
    }

    public static V1EnvVar FromSecret(string name, string key, Names names, bool optional = false) => new()
    {
        Name = name,
        ValueFrom = new V1EnvVarSource { SecretKeyRef = new V1SecretKeySelector { Name = names.Secret, Key = key, Optional = optional ? true : null } },
    };
}
