using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Ivg.Hosting.Publishing.Model;

/// <summary>Collects what the operator has to bring.</summary>
internal sealed class SecretList(DistributedApplicationModel model)
{
    private readonly List<DeployedSecret> _secrets = [];

    public IReadOnlyList<DeployedSecret> All => _secrets;

    /// <summary>The key under which the secret's value will be found.</summary>
    public string Add(ParameterResource parameter)
    {
        var made = !model.Resources.Contains(parameter);
        return Add(KeyOf(parameter.Name), parameter.Description ?? (made ? "Make one up: letters and digits alone, for it goes into connection strings." : ""),
            parameter.Annotations.OfType<OptionalParameterAnnotation>().Any());
    }

    public string Add(string key, string description, bool optional = false)
    {
        if (_secrets.All(s => s.Key != key))
            _secrets.Add(new DeployedSecret(key, description, optional));
        return key;
    }

    /// <summary>A parameter that is no secret has its value written.</summary>
    public static string PlainValue(ParameterResource parameter)
    {
        var value = parameter.PlainValue;
        return !string.IsNullOrEmpty(value) || parameter.Annotations.OfType<OptionalParameterAnnotation>().Any()
            ? value ?? ""
            : throw new DistributedApplicationException($"Parameter '{parameter.Name}' has no value. Set {parameter.Variable}.");
    }

    public static string KeyOf(string name) => name.Replace('-', '_').ToUpperInvariant();
}
