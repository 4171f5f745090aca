using System.Text.Json.Nodes;
using Ivg.Tests.Application;
using Ivg.Tests.Faults;

namespace Ivg.Tests.Telemetry;

/// <summary>What operators are told to watch for is counted when it happens.</summary>
public sealed class LateResultTests
{
    [Fact]
    public async Task Frozen_workers_lost_lease_and_late_result_are_counted()
    {
        var app = await SharedApplication.GetAsync();
        await using var servers = await OwnServers.CreateAsync();
        await using var otlp = await OtlpReceiver.StartAsync();
        var settings = servers.Settings(("GEMINI_API_KEY", "test-key"), ("GEMINI_BASE_URL", app.Emulator.BaseUrl), ("IMAGE_PROVIDER", "nano_banana"), ("JOB_LEASE_SECONDS", "6"));
        var (api, address) = await ServiceProcess.StartListeningAsync("Ivg.Api", [.. settings, .. otlp.Settings("api")]);
        await using var _ = api;
        var (late, __) = await ServiceProcess.StartListeningAsync("Ivg.GenerateWorker", [.. settings, .. otlp.Settings("late")]);
        await using var ___ = late;
        using var user = new IvgClient(address, $"anna-{Guid.NewGuid():N}");
        var slow = Work.Slow(app, 2000);
        var job = await Work.SubmitAsync(user, slow);
        await Work.AtProviderAsync(app, slow);
        JsonObject done;
        await Signals.SendAsync(late.ProcessId, "STOP");
        try
        {
            var (prompt, ____) = await ServiceProcess.StartListeningAsync("Ivg.GenerateWorker", [.. settings, .. otlp.Settings("prompt")]);
            await using var _____ = prompt;
            done = await user.FinishAsync(job);
        }
        finally
        {
            await Signals.SendAsync(late.ProcessId, "CONT");
        }

        Assert.Equal("succeeded", (string?)done["status"]);
        foreach (var metric in new[] { "ivg.jobs.leases_lost", "ivg.jobs.fenced" })
            await Until.TrueAsync(() => Task.FromResult(otlp.Metrics.ContainsKey(metric)), IvgClient.Patience, metric);
    }
}
