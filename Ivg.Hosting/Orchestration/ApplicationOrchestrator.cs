using Aspire.Hosting.ApplicationModel;
using Ivg.Hosting.Data;
using Ivg.Hosting.State;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Ivg.Hosting.Orchestration;

/// <summary>Checks that the model can run, starts it, and stops it in the reverse order.</summary>
internal sealed class ApplicationOrchestrator(
    DistributedApplicationModel model,
    InstanceFactory factory,
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
    private IReadOnlyDictionary<IResource, int> _levels = new Dictionary<IResource, int>();

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _levels = StartOrder.Levels(model.Resources);
        MarkExternal();
        var supervised = model.Resources.Where(r => r is not ParameterResource).ToArray();
        endpoints.Allocate(supervised.Where(r => !InstanceFactory.IsExternal(r)));
        GeneratePasswords();
        foreach (var resource in supervised)
            if (factory.LauncherOf(resource) is { } launcher)
                await launcher.PrepareAsync(resource, cancellationToken);

        if (dashboard.LoginUrl is { } login)
            services.Terminal.WriteLine($"Dashboard: {login}");
        services.Notifications.DefaultWaitBehavior = options.DashboardEnabled ? WaitBehavior.WaitOnResourceUnavailable : WaitBehavior.StopOnResourceUnavailable;
        foreach (var parameter in model.Resources.OfType<ParameterResource>())
            await PublishParameterAsync(parameter, cancellationToken);
        foreach (var resource in supervised)
        {
            var replicas = resource.GetReplicaCount();
            for (var index = 0; index < replicas; index++)
                await factory.AddAsync(resource, index, replicas > 1 ? $"{resource.Name}-{index + 1}" : resource.Name);
        }

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

    /// <summary>A connection string in the configuration takes the place of a server of our own.</summary>
    private void MarkExternal()
    {
        foreach (var resource in model.Resources.OfType<IResourceWithConnectionString>())
            if (configuration.GetConnectionString(resource.Name) is { Length: > 0 } given && !InstanceFactory.IsExternal(resource))
                resource.Annotations.Add(new ExternalConnectionAnnotation(given));

        foreach (var server in model.Resources.Where(r => !InstanceFactory.IsExternal(r)).ToArray())
        {
            var children = model.Resources.OfType<IResourceWithParent>().Where(c => c.Parent == server).ToArray();
            if (children.Length == 0 || !children.All(InstanceFactory.IsExternal))
                continue;

            // Its databases are elsewhere: there is no server to run, nor one to ask.
            server.Annotations.Add(new ExternalConnectionAnnotation(null));
            foreach (var check in server.Annotations.OfType<HealthCheckAnnotation>().ToArray())
                server.Annotations.Remove(check);
        }
    }

    private void GeneratePasswords()
    {
        foreach (var postgres in model.Resources.OfType<PostgresServerResource>().Where(r => !InstanceFactory.IsExternal(r)))
            postgres.PasswordParameter.Generated = data.Secret(postgres.PasswordParameter.Name);
        foreach (var redis in model.Resources.OfType<RedisResource>().Where(r => !InstanceFactory.IsExternal(r)))
            redis.PasswordParameter!.Generated = data.Secret(redis.PasswordParameter.Name);
    }

    private async Task PublishParameterAsync(ParameterResource parameter, CancellationToken cancellationToken)
    {
        var given = await parameter.GetValueAsync(cancellationToken) is not null;
        await services.Notifications.PublishUpdateAsync(parameter, _ => new CustomResourceSnapshot
        {
            ResourceType = "Parameter",
            Properties = [new(KnownProperty.StateReason, given ? null : parameter.Variable)],
            State = given ? "Value given" : "No value",
        });
    }
}
