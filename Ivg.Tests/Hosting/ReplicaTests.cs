using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Ivg.Hosting.Orchestration;
using Microsoft.Extensions.DependencyInjection;

namespace Ivg.Tests.Hosting;

public sealed class ReplicaTests
{
    [Fact]
    public async Task Replicas_come_and_go_while_the_application_runs()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var web = builder.AddProject<EmulatorProject>("web").WithHttpEndpoint().WithHttpHealthCheck("/_emulator/health").WithEnvironment("EMULATOR_API_KEY", "any");
        await using var app = await builder.BuildAsync();
        await app.StartAsync(Shell.Timeout());
        var scaler = app.Services.GetRequiredService<ReplicaScaler>();

        await scaler.ScaleAsync(web.Resource, 3, Shell.Timeout());
        await app.ResourceNotifications.WaitForResourceHealthyAsync("web", Shell.Timeout());
        var ids = app.GetProcessIds("web");
        var ports = web.Resource.Annotations.OfType<EndpointAnnotation>().Single().Replicas.Select(replica => replica.Port).ToList();
        Assert.Equal(3, ids.Distinct().Count());
        Assert.Equal(3, ports.Distinct().Count());

        await scaler.ScaleAsync(web.Resource, 1, Shell.Timeout());
        Assert.Equal(ids[0], Assert.Single(app.GetProcessIds("web")));
        Assert.DoesNotContain(ids.Skip(1), Shell.IsAlive);
        Assert.Equal(ports[0], Assert.Single(web.Resource.Annotations.OfType<EndpointAnnotation>().Single().Replicas).Port);
        Assert.False(app.ResourceNotifications.TryGetCurrentState("web-3", out _));
    }

    [Theory]
    [InlineData("web", 0, "'web' may have 1 to 16 replicas.")]
    [InlineData("web", 17, "'web' may have 1 to 16 replicas.")]
    [InlineData("once", 2, "'once' runs once.")]
    [InlineData("tool", 2, "'tool' runs once.")]
    public async Task Number_that_a_resource_cannot_have_is_refused(string name, int replicas, string message)
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var once = builder.AddProject<EmulatorProject>("once");
        builder.AddProject<EmulatorProject>("web").WaitForCompletion(once);
        builder.AddShell("tool", "true");
        await using var app = await builder.BuildAsync();

        var error = await Assert.ThrowsAsync<DistributedApplicationException>(() => app.Services.GetRequiredService<ReplicaScaler>()
            .ScaleAsync(builder.Resources.Single(resource => resource.Name == name), replicas, Shell.Timeout()));

        Assert.Equal(message, error.Message);
    }
}
