using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Ivg.Hosting.Orchestration;
using Ivg.Hosting.State;
using Ivg.Hosting.Unix;

namespace Ivg.Tests.Hosting;

public sealed class RestartTests
{
    [Fact]
    public async Task Crashed_service_starts_again_and_says_so()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddShell("service", "echo hello; exec sleep 1000").WithHttpEndpoint();
        await using var app = await builder.BuildAsync();
        await app.StartAsync(Shell.Timeout());
        await app.ResourceNotifications.WaitForResourceHealthyAsync("service", Shell.Timeout());
        var victim = Assert.Single(app.GetProcessIds("service"));

        UnixCalls.Signal(victim, UnixCalls.SigKill);

        var crashed = await app.ResourceNotifications.WaitForResourceAsync("service", KnownResourceStates.Restarting, Shell.Timeout())
            .ContinueWith(_ => app.ResourceNotifications.TryGetCurrentState("service", out var e) ? e : null, TaskScheduler.Default);
        Assert.Contains("starts again in 1 s", crashed!.Snapshot.Property(KnownProperty.StateReason) as string, StringComparison.Ordinal);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("service", Shell.Timeout());
        Assert.NotEqual(victim, Assert.Single(app.GetProcessIds("service")));
    }

    [Fact]
    public async Task Commands_stop_and_start_one_resource()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddShell("service", "exec sleep 1000").WithHttpEndpoint();
        await using var app = await builder.BuildAsync();
        await app.StartAsync(Shell.Timeout());
        await app.ResourceNotifications.WaitForResourceHealthyAsync("service", Shell.Timeout());
        var first = Assert.Single(app.GetProcessIds("service"));

        var stopped = await app.ResourceCommands.ExecuteCommandAsync("service", "resource-stop", Shell.Timeout());

        Assert.True(stopped.Success);
        Assert.False(Shell.IsAlive(first));
        Assert.True((await app.ResourceCommands.ExecuteCommandAsync("service", KnownResourceCommands.StartCommand, Shell.Timeout())).Success);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("service", Shell.Timeout());
        Assert.False((await app.ResourceCommands.ExecuteCommandAsync("service", "no-such-command", Shell.Timeout())).Success);
    }

    [Fact]
    public async Task Crash_loop_is_called_one_and_explained_by_the_last_lines()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddShell("service", "echo mixing; echo out of paint >&2; exit 3").WithHttpEndpoint();
        await using var app = await builder.BuildAsync();
        await app.StartAsync(Shell.Timeout());

        var crashed = await app.ResourceNotifications.WaitForResourceAsync(
            "service", e => (e.Snapshot.Property(KnownProperty.StateReason) as string)?.StartsWith("crash loop", StringComparison.Ordinal) == true, Shell.Timeout());

        var reason = (string)crashed.Snapshot.Property(KnownProperty.StateReason)!;
        Assert.Contains("3 times in a row", reason, StringComparison.Ordinal);
        Assert.Contains("out of paint", reason, StringComparison.Ordinal);
        Assert.Contains("exited with code 3; starts again in 4 s", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deaf_process_is_killed_with_what_it_started()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddShell("deaf", "trap '' TERM; sleep 1000 & echo child $!; wait; sleep 1000");
        await using var app = await builder.BuildAsync();
        await app.StartAsync(Shell.Timeout());
        await Shell.UntilAsync(() => app.GetConsoleTail("deaf").Any(l => l.StartsWith("child ", StringComparison.Ordinal)), Shell.Timeout());
        var child = int.Parse(app.GetConsoleTail("deaf")[0][6..], System.Globalization.CultureInfo.InvariantCulture);
        var parent = Assert.Single(app.GetProcessIds("deaf"));

        await app.StopAsync(Shell.Timeout());

        await Shell.UntilAsync(() => !Shell.IsAlive(parent) && !Shell.IsAlive(child), Shell.Timeout());
    }

    [Fact]
    public void Backoff_doubles_to_half_a_minute_and_starts_over_after_a_quiet_one()
    {
        var backoff = new RestartBackoff();

        var delays = Enumerable.Range(0, 7).Select(_ => backoff.Next(TimeSpan.FromSeconds(1)).TotalSeconds);

        Assert.Equal([1, 2, 4, 8, 16, 30, 30], delays);
        Assert.Equal(1, backoff.Next(TimeSpan.FromMinutes(1)).TotalSeconds);
    }
}
