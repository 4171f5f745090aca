using Aspire.Hosting.ApplicationModel;

namespace Ivg.Hosting.Publishing;

/// <summary>What a resource's deployment is told.</summary>
public static class DeploymentBuilderExtensions
{
    /// <summary>Changes the settings of the resource's deployment; a run does not look at them.</summary>
    public static IResourceBuilder<T> WithDeployment<T>(this IResourceBuilder<T> builder, Action<DeploymentSettings> configure)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        if (!builder.Resource.TryGetLastAnnotation<DeploymentSettings>(out var settings))
            builder.WithAnnotation(settings = new DeploymentSettings());
        configure(settings);
        return builder;
    }

    /// <summary>Lets a deployment go on without the parameter.</summary>
    public static IResourceBuilder<ParameterResource> WithOptionalValue(this IResourceBuilder<ParameterResource> builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new OptionalParameterAnnotation(), ResourceAnnotationMutationBehavior.Replace);
    }
}
