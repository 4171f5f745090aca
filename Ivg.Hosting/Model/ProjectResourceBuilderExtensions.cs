using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Projects in the model.</summary>
public static class ProjectResourceBuilderExtensions
{
    /// <typeparam name="TProject">The class that the build made of the project reference, <c>Projects.Name</c>.</typeparam>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new()
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddResource(new ProjectResource(name)).WithAnnotation<IProjectMetadata>(new TProject());
    }

    /// <summary>Runs <paramref name="replicas"/> processes of the project. The first takes a fixed port, the others any free one.</summary>
    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentOutOfRangeException.ThrowIfLessThan(replicas, 0);
        return builder.WithAnnotation(new ReplicaAnnotation(replicas), ResourceAnnotationMutationBehavior.Replace);
    }
}
