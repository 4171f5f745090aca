using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Publishes the state of every resource and lets anyone wait for it.</summary>
public class ResourceNotificationService
{
    private readonly ConcurrentDictionary<string, ResourceEvent> _latest = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<Channel<ResourceEvent>, byte> _watchers = [];
    private readonly Lock _publishing = new();

    internal ResourceNotificationService()
    {
    }

    /// <summary>What a wait does, unless it is told, when the resource ends.</summary>
    internal WaitBehavior DefaultWaitBehavior { get; set; }

    internal IReadOnlyList<ResourceEvent> All => [.. _latest.Values];

    public bool TryGetCurrentState(string resourceId, [NotNullWhen(true)] out ResourceEvent? resourceEvent)
        => _latest.TryGetValue(resourceId, out resourceEvent);

    public Task PublishUpdateAsync(IResource resource, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return PublishUpdateAsync(resource, resource.Name, stateFactory);
    }

    public Task PublishUpdateAsync(IResource resource, string resourceId, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        ArgumentNullException.ThrowIfNull(stateFactory);
        lock (_publishing)
        {
            var before = _latest.TryGetValue(resourceId, out var last) ? last.Snapshot : new() { ResourceType = "Unknown", Properties = [] };
            var update = new ResourceEvent(resource, resourceId, stateFactory(before));
            _latest[resourceId] = update;
            foreach (var watcher in _watchers.Keys)
                watcher.Writer.TryWrite(update);
        }

        return Task.CompletedTask;
    }

    /// <summary>Every snapshot, from the present ones on.</summary>
    public async IAsyncEnumerable<ResourceEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateUnbounded<ResourceEvent>();
        lock (_publishing)
        {
            foreach (var known in _latest.Values)
                channel.Writer.TryWrite(known);
            _watchers.TryAdd(channel, 0);
        }

        try
        {
            await foreach (var update in channel.Reader.ReadAllAsync(cancellationToken))
                yield return update;
        }
        finally
        {
            _watchers.TryRemove(channel, out _);
        }
    }

    public Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default)
        => WaitForResourceAsync(resourceName, e => Is(e, targetState ?? KnownResourceStates.Running), cancellationToken);

    /// <returns>The state reached.</returns>
    public async Task<string> WaitForResourceAsync(string resourceName, IEnumerable<string> targetStates, CancellationToken cancellationToken = default)
    {
        var targets = targetStates.ToArray();
        var reached = await WaitForResourceAsync(resourceName, e => targets.Any(t => Is(e, t)), cancellationToken);
        return reached.Snapshot.State!.Text;
    }

    public async Task<ResourceEvent> WaitForResourceAsync(
        string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default)
    {
        await foreach (var update in WatchAsync(cancellationToken))
            if (IsNamed(update, resourceName) && predicate(update))
                return update;

        throw new OperationCanceledException($"The application ended before resource '{resourceName}' met the condition.", cancellationToken);
    }

    public Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default)
        => WaitForResourceHealthyAsync(resourceName, DefaultWaitBehavior, cancellationToken);

    /// <summary>Waits until every replica is healthy.</summary>
    /// <exception cref="DistributedApplicationException">The resource ended, and <paramref name="waitBehavior"/> says to stop then.</exception>
    public async Task<ResourceEvent> WaitForResourceHealthyAsync(
        string resourceName, WaitBehavior waitBehavior, CancellationToken cancellationToken = default)
    {
        var reached = await WaitForResourceAsync(
            resourceName,
            e => AllHealthy(resourceName) || (waitBehavior == WaitBehavior.StopOnResourceUnavailable && IsTerminal(e)),
            cancellationToken);
        return AllHealthy(resourceName)
            ? _latest[reached.ResourceId]
            : throw new DistributedApplicationException($"Resource '{reached.ResourceId}' is not running: {Describe(reached)}.");
    }

    /// <summary>For a replica that is no more.</summary>
    internal void Forget(string resourceId) => _latest.TryRemove(resourceId, out _);

    internal static bool IsTerminal(ResourceEvent update)
        => update.Snapshot.State is { } state && KnownResourceStates.TerminalStates.Contains(state.Text);

    internal static string Describe(ResourceEvent update)
    {
        var reason = update.Snapshot.Property(Ivg.Hosting.State.KnownProperty.StateReason) as string;
        return string.IsNullOrEmpty(reason) ? update.Snapshot.State?.Text ?? "unknown" : $"{update.Snapshot.State?.Text} ({reason})";
    }

    private bool AllHealthy(string resourceName)
    {
        var replicas = _latest.Values.Where(e => IsNamed(e, resourceName)).ToArray();
        return replicas.Length > 0 && replicas.All(e => e.Snapshot.HealthStatus == HealthStatus.Healthy);
    }

    private static bool Is(ResourceEvent update, string state) => string.Equals(update.Snapshot.State?.Text, state, StringComparison.OrdinalIgnoreCase);

    private static bool IsNamed(ResourceEvent update, string name)
        => string.Equals(update.Resource.Name, name, StringComparison.OrdinalIgnoreCase)
            || string.Equals(update.ResourceId, name, StringComparison.OrdinalIgnoreCase);
}
