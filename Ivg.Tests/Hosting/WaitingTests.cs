using System.Net;
using System.Text;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Ivg.Hosting.State;

namespace Ivg.Tests.Hosting;

public sealed class WaitingTests
{
    [Fact]
    public async Task Dependents_start_after_completion_and_not_before()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var first = builder.AddShell("first", "sleep 0.3");
        builder.AddShell("second", "exec sleep 1000").WaitForCompletion(first);
        await using var app = await builder.BuildAsync();
        await app.StartAsync(Shell.Timeout());

        var running = await app.ResourceNotifications.WaitForResourceHealthyAsync("second", Shell.Timeout());

        Assert.True(app.ResourceNotifications.TryGetCurrentState("first", out var ended));
        Assert.Equal(KnownResourceStates.Finished, ended.Snapshot.State?.Text);
        Assert.True(running.Snapshot.StartTimeStamp >= ended.Snapshot.StopTimeStamp);
    }

    [Fact]
    public async Task Failed_dependency_fails_its_dependents_with_its_reason()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var broken = builder.AddShell("broken", "exit 3");
        builder.AddShell("hopeful", "exec sleep 1000").WaitForCompletion(broken);
        await using var app = await builder.BuildAsync();
        await app.StartAsync(Shell.Timeout());

        var error = await Assert.ThrowsAsync<DistributedApplicationException>(
            () => app.ResourceNotifications.WaitForResourceHealthyAsync("hopeful", Shell.Timeout()));

        Assert.Contains("'broken'", error.Message, StringComparison.Ordinal);
        Assert.Contains("exit code 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waits_go_by_health_and_not_by_time()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var server = builder.AddShell("server", "exec sleep 1000").WithHttpEndpoint().WithHttpHealthCheck("/health");
        builder.AddShell("client", "exec sleep 1000").WaitFor(server);
        await using var app = await builder.BuildAsync();
        await app.StartAsync(Shell.Timeout());
        await app.ResourceNotifications.WaitForResourceAsync("server", e => e.Snapshot.HealthReports.Any(r => r.Description?.Contains("GET ", StringComparison.Ordinal) == true), Shell.Timeout());
        Assert.True(app.ResourceNotifications.TryGetCurrentState("client", out var client));
        Assert.Equal(KnownResourceStates.Waiting, client.Snapshot.State?.Text);
        Assert.Contains("server", client.Snapshot.Property(KnownProperty.StateReason) as string, StringComparison.Ordinal);

        // The process never listens; the test does so in its place.
        using var listener = new HttpListener();
        listener.Prefixes.Add(app.GetEndpoint("server").ToString());
        listener.Start();
        var answering = AnswerAsync(listener);

        await app.ResourceNotifications.WaitForResourceHealthyAsync("client", Shell.Timeout());
        listener.Stop();
        await answering;
    }

    [Fact]
    public async Task Circle_of_waits_is_named()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var egg = builder.AddShell("egg", "true");
        var hen = builder.AddShell("hen", "true").WaitFor(egg);
        egg.WaitFor(hen);
        await using var app = await builder.BuildAsync();

        var error = await Assert.ThrowsAsync<DistributedApplicationException>(() => app.StartAsync(Shell.Timeout()));

        Assert.Contains("egg -> hen -> egg", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wait_for_what_is_not_in_the_model_is_named()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var egg = builder.CreateResourceBuilder(new ExecutableResource("egg", "true", "/"));
        builder.AddShell("hen", "true").WaitFor(egg);
        await using var app = await builder.BuildAsync();

        var error = await Assert.ThrowsAsync<DistributedApplicationException>(() => app.StartAsync(Shell.Timeout()));

        Assert.Equal("'hen' waits for 'egg', which is not in the model. Add it to the builder, or remove the reference.", error.Message);
    }

    private static async Task AnswerAsync(HttpListener listener)
    {
        try
        {
            while (true)
            {
                var context = await listener.GetContextAsync();
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes("ok"));
                context.Response.Close();
            }
        }
        catch (Exception ex) when (ex is HttpListenerException or ObjectDisposedException)
        {
            // Stopped.
        }
    }
}
