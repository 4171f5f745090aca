using Aspire.Hosting.ApplicationModel;
using Ivg.Hosting.Data;
using Ivg.Hosting.State;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Ivg.Hosting.Orchestration;

/// <summary>Checks that the model can run, starts it, and stops it in the reverse order.</summary>
internal sealed class ApplicationOrchestrator(
    DistributedApplicationModel model,
    IEnumerable<IResourceLauncher> launchers,
    DataFolder data,
    EndpointAllocator endpoints,
    InstanceRegistry registry,
    SupervisorServices services,
    IConfiguration configuration,
    Dashboard.DashboardAddress dashboard,
    EmbeddedHostOptions options) : IHostedService, IDisposable
{
    // Ctrl+C to the end is 10 s; the rest is for the host itself.
    private static readonly TimeSpan StopBudget = TimeSpan.FromSeconds(8.5);
    private static readonly TimeSpan ForceReserve = TimeSpan.FromMilliseconds(500);
    private readonly Dictionary<IResource, InstanceSupervisor[]> _instances = [];
    private IReadOnlyDictionary<IResource, int> _levels = new Dictionary<IResource, int>();

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _levels = StartOrder.Levels(model.Resources);
        MarkExternal();
        var supervised = model.Resources.Where(r => r is not ParameterResource).ToArray();
        endpoints.Allocate(supervised.Where(r => !IsExternal(r)));
        GeneratePasswords();
        foreach (var resource in supervised)
            if (LauncherOf(resource) is { } launcher && !IsExternal(resource))
                await launcher.PrepareAsync(resource, cancellationToken);

        if (dashboard.LoginUrl is { } login)
            services.Terminal.WriteLine($"Dashboard: {login}");
        services.Notifications.DefaultWaitBehavior = options.DashboardEnabled ? WaitBehavior.WaitOnResourceUnavailable : WaitBehavior.StopOnResourceUnavailable;
        foreach (var parameter in model.Resources.OfType<ParameterResource>())
            await PublishParameterAsync(parameter, cancellationToken);
        foreach (var resource in supervised)
            await SuperviseAsync(resource);
        foreach (var supervisor in registry.All.Where(s => !s.Instance.Resource.Annotations.OfType<ExplicitStartupAnnotation>().Any()))
            await supervisor.StartAsync(cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var started = services.Time.GetTimestamp();
        foreach (var level in registry.All.GroupBy(s => _levels[s.Instance.Resource]).OrderByDescending(g => g.Key))
        {
            var left = StopBudget - services.Time.GetElapsedTime(started) - ForceReserve;
            var grace = left > TimeSpan.FromSeconds(5) ? TimeSpan.FromSeconds(5) : left > ForceReserve ? left : ForceReserve;
            await Task.WhenAll(level.Select(s => s.StopAsync(CancellationToken.None, grace)));
        }
    }

    public void Dispose()
    {
        foreach (var supervisor in registry.All)
            supervisor.Dispose();
    }

    private static bool IsExternal(IResource resource) => resource.Annotations.OfType<ExternalConnectionAnnotation>().Any();

    /// <summary>A connection string in the configuration takes the place of a server of our own.</summary>
    private void MarkExternal()
    {
        foreach (var resource in model.Resources.OfType<IResourceWithConnectionString>())
            if (configuration.GetConnectionString(resource.Name) is { Length: > 0 } given && !IsExternal(resource))
                resource.Annotations.Add(new ExternalConnectionAnnotation(given));

        foreach (var server in model.Resources.Where(r => !IsExternal(r)).ToArray())
        {
            var children = model.Resources.OfType<IResourceWithParent>().Where(c => c.Parent == server).ToArray();
            if (children.Length == 0 || !children.All(IsExternal))
                continue;

            // Its databases are elsewhere: there is no server to run, nor one to ask.
            server.Annotations.Add(new ExternalConnectionAnnotation(null));
            foreach (var check in server.Annotations.OfType<HealthCheckAnnotation>().ToArray())
                server.Annotations.Remove(check);
        }
    }

    private void GeneratePasswords()
    {
        foreach (var postgres in model.Resources.OfType<PostgresServerResource>().Where(r => !IsExternal(r)))
            postgres.PasswordParameter.Generated = data.Secret(postgres.PasswordParameter.Name);
        foreach (var redis in model.Resources.OfType<RedisResource>().Where(r => !IsExternal(r)))
            redis.PasswordParameter!.Generated = data.Secret(redis.PasswordParameter.Name);
    }

    private IResourceLauncher? LauncherOf(IResource resource) => launchers.FirstOrDefault(l => l.Handles(resource));

    private async Task SuperviseAsync(IResource resource)
    {
        var launcher = IsExternal(resource) ? null : LauncherOf(resource);
        var isOneShot = model.Resources.SelectMany(r => r.Annotations.OfType<WaitAnnotation>())
            .Any(w => w.Resource == resource && w.WaitType == WaitType.WaitForCompletion);
        var replicas = resource.GetReplicaCount();
        _instances[resource] = new InstanceSupervisor[replicas];
        for (var i = 0; i < replicas; i++)
        {
            var instance = new ResourceInstance(resource, replicas > 1 ? $"{resource.Name}-{i + 1}" : resource.Name, i);
            var supervisor = new InstanceSupervisor(instance, launcher ?? new NothingToLaunch(), () => new WaitGate(services.Notifications, _instances), isOneShot, services);
            registry.Add(supervisor);
            _instances[resource][i] = supervisor;
            await services.Notifications.PublishUpdateAsync(resource, instance.Id, _ => new CustomResourceSnapshot
            {
                ResourceType = TypeOf(resource),
                Properties = [new(KnownProperty.Restarts, 0)],
                CreationTimeStamp = services.Time.GetUtcNow().UtcDateTime,
                State = KnownResourceStates.NotStarted,
                Urls = [.. ResourceUrls.For(instance)],
            });
        }
    }

    private async Task PublishParameterAsync(ParameterResource parameter, CancellationToken cancellationToken)
    {
        var given = await parameter.GetValueAsync(cancellationToken) is not null;
        await services.Notifications.PublishUpdateAsync(parameter, _ => new CustomResourceSnapshot
        {
            ResourceType = "Parameter",
            Properties = [new(KnownProperty.StateReason, given ? null : $"set Parameters__{parameter.Name} to give it one")],
            State = given ? "Value given" : "No value",
        });
    }

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
