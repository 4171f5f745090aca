using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>Values from outside the model.</summary>
public static class ParameterResourceBuilderExtensions
{
    /// <summary>Takes the value from <c>Parameters:name</c>, with underscores for the name's dashes where that is not set.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, string name, bool secret = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        string[] keys = [$"Parameters:{name}", $"Parameters:{name.Replace('-', '_')}"];
        return builder.AddResource(new ParameterResource(
            name, secret, d => keys.Select(key => builder.Configuration[key]).FirstOrDefault(value => value is { Length: > 0 }) ?? d?.GetDefaultValue()));
    }

    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, string value, bool publishValueAsDefault = false, bool secret = false)
        => builder.AddParameter(name, () => value, publishValueAsDefault, secret);

    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, Func<string> valueGetter, bool publishValueAsDefault = false, bool secret = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return publishValueAsDefault && secret
            ? throw new ArgumentException("A secret's value cannot be published as its default.", nameof(publishValueAsDefault))
            : builder.AddResource(new ParameterResource(name, _ => valueGetter(), secret));
    }

    /// <param name="enableMarkdown">Nothing here renders it; Aspire's dashboard does.</param>
    public static IResourceBuilder<ParameterResource> WithDescription(
        this IResourceBuilder<ParameterResource> builder, string description, bool enableMarkdown = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Resource.Description = description;
        return builder;
    }

    /// <summary>Names a server outside the model by <c>ConnectionStrings:name</c>.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddConnectionString(
        this IDistributedApplicationBuilder builder, string name, string? environmentVariableName = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddResource(new ConfiguredConnectionString(name, environmentVariableName, builder.Configuration));
    }

    private sealed class ConfiguredConnectionString(string name, string? environmentVariable, IConfiguration configuration)
        : Resource(name), IResourceWithConnectionString, IResourceWithWaitSupport
    {
        public string? ConnectionStringEnvironmentVariable => environmentVariable;

        public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{configuration.GetConnectionString(Name)
            ?? throw new DistributedApplicationException($"Connection string '{Name}' is missing. Set ConnectionStrings__{Name}.")}");
    }
}
