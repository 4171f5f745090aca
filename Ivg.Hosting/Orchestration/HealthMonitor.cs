using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Ivg.Hosting.Orchestration;

/// <summary>Asks a running resource how it is: ten times a second until the first yes, then every few seconds.</summary>
internal sealed class HealthMonitor(ResourceNotificationService notifications, HealthCheckService checks, HttpClient http, TimeProvider time)
{
    private static readonly TimeSpan WhileStarting = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan WhileUnhealthy = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan WhileHealthy = TimeSpan.FromSeconds(3);

    public async Task RunAsync(ResourceInstance instance, CancellationToken cancellationToken)
    {
        var annotations = instance.Resource.Annotations.OfType<HealthCheckAnnotation>().ToArray();
        var wasHealthy = false;
        while (annotations.Length > 0)
        {
            var reports = new List<HealthReportSnapshot>(annotations.Length);
            foreach (var annotation in annotations)
                reports.Add(annotation is HttpHealthCheckAnnotation check
                    ? await AskAsync(check, instance, cancellationToken)
                    : await CheckAsync(annotation.Key, cancellationToken));

            var healthy = reports.TrueForAll(r => r.Status == HealthStatus.Healthy);
            cancellationToken.ThrowIfCancellationRequested();
            await PublishAsync(instance, reports);
            wasHealthy |= healthy;
            await Task.Delay(healthy ? WhileHealthy : wasHealthy ? WhileUnhealthy : WhileStarting, time, cancellationToken);
        }
    }

    private Task PublishAsync(ResourceInstance instance, List<HealthReportSnapshot> reports)
        => notifications.TryGetCurrentState(instance.Id, out var last) && last.Snapshot.HealthReports.SequenceEqual(reports)
            ? Task.CompletedTask
            : notifications.PublishUpdateAsync(instance.Resource, instance.Id, s => s with { HealthReports = [.. reports] });

    private async Task<HealthReportSnapshot> CheckAsync(string key, CancellationToken cancellationToken)
    {
        var report = await checks.CheckHealthAsync(r => r.Name == key, cancellationToken);
        return report.Entries.TryGetValue(key, out var entry)
            ? new HealthReportSnapshot(key, entry.Status, entry.Description ?? entry.Exception?.Message, null)
            : new HealthReportSnapshot(key, HealthStatus.Unhealthy, "no health check of this name is registered", null);
    }

    private async Task<HealthReportSnapshot> AskAsync(HttpHealthCheckAnnotation check, ResourceInstance instance, CancellationToken cancellationToken)
    {
        var url = instance.Endpoint(check.Endpoint().EndpointAnnotation)?.UriString + check.Path;
        try
        {
            using var response = await http.GetAsync(new Uri(url), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            var status = (int)response.StatusCode;
            return status == check.StatusCode
                ? new HealthReportSnapshot(check.Key, HealthStatus.Healthy, null, null)
                : new HealthReportSnapshot(check.Key, HealthStatus.Unhealthy, $"GET {url} answered {status}", null);
        }
        catch (HttpRequestException ex)
        {
            return new HealthReportSnapshot(check.Key, HealthStatus.Unhealthy, $"GET {url}: {ex.InnerException?.Message ?? ex.Message}", null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new HealthReportSnapshot(check.Key, HealthStatus.Unhealthy, $"GET {url}: no answer in {http.Timeout.TotalSeconds:0} s", null);
        }
    }
}
