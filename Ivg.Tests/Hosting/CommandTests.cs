using System.Net;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace Ivg.Tests.Hosting;

public sealed class CommandTests
{
    [Fact]
    public async Task Command_is_carried_out_for_each_replica_and_its_first_failure_is_the_outcome()
    {
        var asked = new List<string>();
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddShell("pot", "exec sleep 1000")
            .WithCommand("fill", "Fill", context =>
            {
                asked.Add(context.ResourceName);
                return Task.FromResult(CommandResults.Success());
            })
            .WithCommand("spill", "Spill", _ => throw new InvalidOperationException("Not on the carpet."));
        await using var app = await StartAsync(builder, "pot");

        var filled = await app.ResourceCommands.ExecuteCommandAsync("pot", "fill", Shell.Timeout());
        var spilt = await app.ResourceCommands.ExecuteCommandAsync("pot", "spill", Shell.Timeout());
        var unknown = await app.ResourceCommands.ExecuteCommandAsync("pot", "paint", Shell.Timeout());

        Assert.True(filled.Success);
        Assert.Equal(["pot"], asked);
        Assert.Equal((false, "Not on the carpet."), (spilt.Success, spilt.Message));
        Assert.Equal((false, "Command 'paint' not available for resource 'pot'."), (unknown.Success, unknown.Message));
    }

    [Fact]
    public async Task Second_command_of_a_name_takes_the_place_of_the_first()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddShell("pot", "exec sleep 1000")
            .WithCommand("fill", "Fill", _ => Task.FromResult(CommandResults.Failure("the first")))
            .WithCommand("fill", "Fill", _ => Task.FromResult(CommandResults.Failure("the second")));
        await using var app = await StartAsync(builder, "pot");

        Assert.Equal("the second", (await app.ResourceCommands.ExecuteCommandAsync("pot", "fill", Shell.Timeout())).Message);
    }

    [Theory]
    [InlineData(204, true, null)]
    [InlineData(409, false, "POST /paint?colour=red answered 409. no red left")]
    public async Task Http_command_is_a_request_to_the_resource_and_its_status_the_outcome(int status, bool success, string? message)
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddShell("shop", "exec sleep 1000").WithHttpEndpoint().WithHttpCommand("/paint?colour=red", "Paint", commandName: "paint", commandOptions: new HttpCommandOptions
        {
            PrepareRequest = context =>
            {
                context.Request.Headers.Add("X-Key", "abc");
                return Task.CompletedTask;
            },
        });
        await using var app = await StartAsync(builder, "shop");
        using var listener = new HttpListener();
        listener.Prefixes.Add(app.GetEndpoint("shop").ToString());
        listener.Start();

        var outcome = app.ResourceCommands.ExecuteCommandAsync("shop", "paint", Shell.Timeout());
        var asked = await listener.GetContextAsync();
        asked.Response.StatusCode = status;
        if (!success) await asked.Response.OutputStream.WriteAsync("no red left"u8.ToArray());
        asked.Response.Close();

        Assert.Equal(("POST", "/paint?colour=red", "abc"), (asked.Request.HttpMethod, asked.Request.RawUrl, asked.Request.Headers["X-Key"]));
        Assert.Equal((success, message), ((await outcome).Success, (await outcome).Message));
    }

    [Fact]
    public async Task Task_that_waits_to_be_started_runs_once_and_is_no_crash_loop()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddShell("chore", "exit 3").WithExplicitStart();
        builder.AddShell("other", "exec sleep 1000");
        await using var app = await StartAsync(builder, "other");
        Assert.True(app.ResourceNotifications.TryGetCurrentState("chore", out var before));
        Assert.Equal(KnownResourceStates.NotStarted, before.Snapshot.State?.Text);

        await app.ResourceCommands.ExecuteCommandAsync("chore", KnownResourceCommands.StartCommand, Shell.Timeout());

        await app.ResourceNotifications.WaitForResourceAsync("chore", KnownResourceStates.Exited, Shell.Timeout());
        Assert.True(app.ResourceNotifications.TryGetCurrentState("chore", out var after));
        Assert.Equal(3, after.Snapshot.ExitCode);
    }

    private static async Task<DistributedApplication> StartAsync(IDistributedApplicationTestingBuilder builder, string resource)
    {
        var app = await builder.BuildAsync();
        await app.StartAsync(Shell.Timeout());
        await app.ResourceNotifications.WaitForResourceAsync(resource, KnownResourceStates.Running, Shell.Timeout());
        return app;
    }
}
