using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Ivg.Hosting.Data;
using Ivg.Hosting.State;
using Microsoft.Extensions.DependencyInjection;

namespace Ivg.Hosting.Testing;

/// <summary>What tests can ask of the embedded host alone, and of no other engine.</summary>
public static class EmbeddedHostTestingExtensions
{
    /// <summary>Process ids of a resource's running replicas, in their order; for tests that kill one.</summary>
    public static IReadOnlyList<int> GetProcessIds(this DistributedApplication app, string resourceName)
    {
        ArgumentNullException.ThrowIfNull(app);
        return [.. app.ResourceNotifications.All
            .Where(e => string.Equals(e.Resource.Name, resourceName, StringComparison.OrdinalIgnoreCase))
            .OrderBy(e => e.ResourceId, StringComparer.Ordinal)
            .Select(e => e.Snapshot.Property(KnownProperty.ProcessId))
            .OfType<int>()];
    }

    /// <summary>Full path of the folder that has this application's data and logs.</summary>
    public static string GetDataDirectory(this DistributedApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.Services.GetRequiredService<DataFolder>().Path;
    }

    /// <summary>The last lines that a resource printed, oldest first; for the message of a test that failed.</summary>
    public static IReadOnlyList<string> GetConsoleTail(this DistributedApplication app, string resourceId, int count = 50)
    {
        ArgumentNullException.ThrowIfNull(app);
        return [.. app.Services.GetRequiredService<ResourceLoggerService>().Console(resourceId).Tail(count).Select(l => l.Line.Content)];
    }
}
