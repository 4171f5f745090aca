using Aspire.Hosting.ApplicationModel;
using Ivg.Hosting.State;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Ivg.Hosting.Orchestration;

/// <summary>Writes what happens to the terminal, and where to go once everything is up.</summary>
internal sealed class TerminalReporter(ResourceNotificationService notifications, Terminal terminal, Dashboard.DashboardAddress dashboard) : BackgroundService
{
    private readonly Dictionary<string, string> _said = [];
    private readonly Dictionary<string, ResourceEvent> _seen = [];
    private bool _ready;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var update in notifications.WatchAsync(stoppingToken))
        {
            if (update.Resource is ParameterResource)
                continue;

            _seen[update.ResourceId] = update;
            Report(update);
            if (!_ready && IsReady(_seen.Values))
            {
                _ready = true;
                WriteAddresses();
            }
        }
    }

    private static bool IsReady(IEnumerable<ResourceEvent> seen)
        => seen.All(e => e.Snapshot.HealthStatus == HealthStatus.Healthy
            || e.Snapshot.State?.Text == KnownResourceStates.Finished
            || e.Resource.Annotations.OfType<ExplicitStartupAnnotation>().Any());

    private void Report(ResourceEvent update)
    {
        var snapshot = update.Snapshot;
        var state = snapshot.State?.Text ?? "";
        var text = state == KnownResourceStates.Running ? snapshot.HealthStatus switch
        {
            HealthStatus.Healthy => snapshot.HealthReports.IsEmpty ? "running" : "healthy",
            _ when _said.GetValueOrDefault(update.ResourceId) == "healthy" => $"unhealthy: {snapshot.HealthReports.FirstOrDefault(r => r.Status != HealthStatus.Healthy)?.Description}",
            _ => null,
        }
        : state == KnownResourceStates.NotStarted ? null
        : string.Join(' ', new[] { Word(state), snapshot.Property(KnownProperty.StateReason) as string }.Where(w => !string.IsNullOrEmpty(w)));

        if (text is null || _said.GetValueOrDefault(update.ResourceId) == text)
            return;

        _said[update.ResourceId] = text;
        var url = text == "healthy" ? snapshot.Urls.FirstOrDefault(u => u.Url.StartsWith("http", StringComparison.Ordinal))?.Url : null;
        terminal.Say(update.ResourceId, url is null ? text : $"{text}  {url}");
    }

    private void WriteAddresses()
    {
        terminal.WriteLine("");
        terminal.WriteLine($"Ready after {terminal.Elapsed.TotalSeconds:0.0} s. Ctrl+C stops everything.");
        foreach (var url in notifications.All.SelectMany(e => e.Snapshot.Urls).Where(u => !u.IsInternal && u.Url.StartsWith("http", StringComparison.Ordinal)))
            terminal.WriteLine($"  {url.DisplayText ?? url.Name,-10} {url.Url}");
        if (dashboard.LoginUrl is { } login)
            terminal.WriteLine($"  {"Dashboard",-10} {login}");
        terminal.WriteLine("");
    }

    private static string Word(string state) => state switch
    {
        nameof(KnownResourceStates.FailedToStart) => "failed to start:",
        nameof(KnownResourceStates.Restarting) => "",
        nameof(KnownResourceStates.Exited) => "exited,",
        _ => state.ToLowerInvariant(),
    };
}
