using Aspire.Hosting.ApplicationModel;
using Ivg.Hosting.State;

namespace Ivg.Hosting.Orchestration;

/// <summary>Makes the supervisor of a replica and announces it.</summary>
internal sealed class InstanceFactory(
    DistributedApplicationModel model, IEnumerable<IResourceLauncher> launchers, InstanceRegistry registry, SupervisorServices services)
{
    public IResourceLauncher? LauncherOf(IResource resource) => IsExternal(resource) ? null : launchers.FirstOrDefault(l => l.Handles(resource));

    public static bool IsExternal(IResource resource) => resource.Annotations.OfType<ExternalConnectionAnnotation>().Any();

    /// <summary>Whether it runs once and is not started again: others wait for its end, or somebody started it and it does not listen.</summary>
    public bool IsOneShot(IResource resource) => IsTask(resource) || model.Resources.SelectMany(r => r.Annotations.OfType<WaitAnnotation>())
        .Any(w => w.Resource == resource && w.WaitType == WaitType.WaitForCompletion);

    /// <param name="index">0-based.</param>
    /// <param name="id">The resource's name, or with replicas one of its own.</param>
    public async Task<InstanceSupervisor> AddAsync(IResource resource, int index, string id)
    {
        var instance = new ResourceInstance(resource, id, index);
        var supervisor = new InstanceSupervisor(
            instance, LauncherOf(resource) ?? new NothingToLaunch(), new WaitGate(services.Notifications, registry), IsOneShot(resource), services);
        registry.Add(supervisor);
        await services.Notifications.PublishUpdateAsync(resource, id, _ => new CustomResourceSnapshot
        {
            ResourceType = TypeOf(resource),
            Properties = [new(KnownProperty.Restarts, 0)],
            CreationTimeStamp = services.Time.GetUtcNow().UtcDateTime,
            State = KnownResourceStates.NotStarted,
            Urls = [.. ResourceUrls.For(instance)],
        });
        return supervisor;
    }

    private static bool IsTask(IResource resource)
        => resource.Annotations.OfType<ExplicitStartupAnnotation>().Any() && !resource.Annotations.OfType<EndpointAnnotation>().Any();

    private static string TypeOf(IResource resource) => resource switch
    {
        _ when IsExternal(resource) => "External",
        ProjectResource => "Project",
        ExecutableResource => "Executable",
        PostgresServerResource => "PostgreSQL",
        PostgresDatabaseResource => "Database",
        RedisResource => "Redis",
        _ => "Connection string",
    };
}
