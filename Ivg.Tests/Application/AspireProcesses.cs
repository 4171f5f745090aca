using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Ivg.Tests.Application;

/// <summary>What the embedded engine offers tests by itself, on Aspire's. Servers are containers there and have no process here.</summary>
internal static class AspireProcesses
{
    public static IReadOnlyList<int> GetProcessIds(this DistributedApplication app, string resourceName)
        => app.ResourceNotifications.TryGetCurrentState(resourceName, out var update)
            && update.Snapshot.Properties.FirstOrDefault(property => property.Name == "executable.pid")?.Value is { } id
            ? [Convert.ToInt32(id, CultureInfo.InvariantCulture)]
            : [];

    public static IReadOnlyList<string> GetConsoleTail(this DistributedApplication app, string resourceName, int count = 50)
    {
        var resource = app.Services.GetRequiredService<DistributedApplicationModel>().Resources.Single(one => one.Name == resourceName);
        var batches = app.Services.GetRequiredService<ResourceLoggerService>().GetAllAsync(resource);
        return [.. batches.SelectMany(lines => lines).TakeLast(count).Select(line => line.Content).ToBlockingEnumerable()];
    }
}
