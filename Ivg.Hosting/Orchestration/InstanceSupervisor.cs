using System.ComponentModel;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Ivg.Hosting.State;

namespace Ivg.Hosting.Orchestration;

/// <summary>Keeps one replica as it should be: waits for what it needs, runs it, restarts it when it crashes, stops it.</summary>
internal sealed class InstanceSupervisor(
    ResourceInstance instance, IResourceLauncher launcher, Func<WaitGate> gate, bool isOneShot, SupervisorServices services) : IDisposable
{
    private static readonly TimeSpan DefaultGrace = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _commands = new(1, 1);
    private CancellationTokenSource? _stop;
    private Task _running = Task.CompletedTask;
    private TimeSpan _grace = DefaultGrace;
    private int _restarts;

    public ResourceInstance Instance { get; } = instance;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _commands.WaitAsync(cancellationToken);
        try
        {
            Start();
        }
        finally
        {
            _commands.Release();
        }
    }

    /// <summary>Stops politely, then by force; the grace is 5 s, or less when the host is short of time.</summary>
    public async Task StopAsync(CancellationToken cancellationToken, TimeSpan? grace = null)
    {
        await _commands.WaitAsync(cancellationToken);
        try
        {
            await StopAsync(grace ?? DefaultGrace);
        }
        finally
        {
            _commands.Release();
        }
    }

    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        await _commands.WaitAsync(cancellationToken);
        try
        {
            await StopAsync(DefaultGrace);
            _restarts++;
            Start();
        }
        finally
        {
            _commands.Release();
        }
    }

    public void Dispose()
    {
        _stop?.Dispose();
        _commands.Dispose();
    }

    private void Start()
    {
        if (!_running.IsCompleted)
            return;

        _stop?.Dispose();
        _stop = new CancellationTokenSource();
        var stop = _stop.Token;

        // At once, so that whoever waits from here on does not take the last end for the next.
        Publish(KnownResourceStates.NotStarted, null);
        _running = Task.Run(() => SuperviseAsync(stop), CancellationToken.None);
    }

    private async Task StopAsync(TimeSpan grace)
    {
        _grace = grace;
        if (_stop is not null)
            await _stop.CancelAsync();
        await _running;
    }

    private async Task SuperviseAsync(CancellationToken stop)
    {
        var backoff = new RestartBackoff();
        try
        {
            await gate().WaitAsync(Instance.Resource, reason => Publish(KnownResourceStates.Waiting, reason), stop);
            while (true)
            {
                var started = services.Time.GetTimestamp();
                var exitCode = await RunOnceAsync(stop);
                if (exitCode == 0 && (isOneShot || !Instance.IsService))
                {
                    Publish(KnownResourceStates.Finished, null, exitCode);
                    return;
                }

                services.Terminal.Say(Instance.Id, $"exited unexpectedly with code {exitCode}; its last lines:");
                services.Terminal.Quote(services.Consoles.Console(Instance.Id).LastWords());
                if (isOneShot)
                {
                    Publish(KnownResourceStates.Exited, $"exit code {exitCode}", exitCode);
                    return;
                }

                var delay = backoff.Next(services.Time.GetElapsedTime(started));
                _restarts++;
                Publish(KnownResourceStates.Restarting, $"exited with code {exitCode}; starts again in {delay.TotalSeconds:0} s (restart {_restarts})", exitCode);
                await Task.Delay(delay, services.Time, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Publish(KnownResourceStates.Exited, "stopped");
        }
        catch (Exception ex) when (ex is DistributedApplicationException or Win32Exception or IOException or Npgsql.NpgsqlException)
        {
            Publish(KnownResourceStates.FailedToStart, ex.Message);
        }
    }

    /// <returns>The exit code of a process that nobody asked to stop.</returns>
    private async Task<int> RunOnceAsync(CancellationToken stop)
    {
        Publish(KnownResourceStates.Starting, null);
        var spec = await launcher.CreateAsync(Instance, stop);
        using var monitoring = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Update(s => s with { EnvironmentVariables = [.. (spec?.Environment ?? new Dictionary<string, string?>()).Where(v => v.Value is not null).Select(v => new EnvironmentVariableSnapshot(v.Key, v.Value, IsFromSpec: true))] });
        if (spec is null)
        {
            PublishRunning(processId: null);
            await services.Health.RunAsync(Instance, stop);
            await Task.Delay(Timeout.InfiniteTimeSpan, services.Time, stop);
        }

        var child = await services.Runner.StartAsync(Instance.Id, spec!, stop);
        try
        {
            PublishRunning(child.Id);
            var health = services.Health.RunAsync(Instance, monitoring.Token);
            try
            {
                return await child.WaitForExitAsync(stop);
            }
            finally
            {
                await monitoring.CancelAsync();
                await health.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Publish(KnownResourceStates.Stopping, null);
            if (!await child.StopAsync(_grace))
                services.Terminal.Say(Instance.Id, $"did not stop within {_grace.TotalSeconds:0.#} s and was killed");
            throw;
        }
        finally
        {
            // Whatever the process started in its group goes with it.
            await child.StopAsync(TimeSpan.Zero);
            services.Runner.Forget(child);
        }
    }

    private void PublishRunning(int? processId)
        => Update(s => (s with
        {
            State = KnownResourceStates.Running,
            StartTimeStamp = services.Time.GetUtcNow().UtcDateTime,
            StopTimeStamp = null,
            ExitCode = null,
            HealthReports = [.. Instance.Resource.Annotations.OfType<HealthCheckAnnotation>().Select(a => new HealthReportSnapshot(a.Key, null, "not asked yet", null))],
        }).With(KnownProperty.ProcessId, processId).With(KnownProperty.StateReason, null));

    private void Publish(string state, string? reason, int? exitCode = null)
    {
        var ended = state == KnownResourceStates.Restarting || KnownResourceStates.TerminalStates.Contains(state);
        Update(s => (s with
        {
            State = state,
            StopTimeStamp = ended ? services.Time.GetUtcNow().UtcDateTime : null,
            ExitCode = exitCode,
        }).With(KnownProperty.StateReason, reason).With(KnownProperty.ProcessId, state == KnownResourceStates.Stopping ? s.Property(KnownProperty.ProcessId) : null));
    }

    private void Update(Func<CustomResourceSnapshot, CustomResourceSnapshot> change)
        => _ = services.Notifications.PublishUpdateAsync(Instance.Resource, Instance.Id, s => change(s).With(KnownProperty.Restarts, _restarts));
}
