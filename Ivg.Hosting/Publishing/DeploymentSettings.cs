using Aspire.Hosting.ApplicationModel;

namespace Ivg.Hosting.Publishing;

/// <summary>What a deployment of a resource needs to know that a run does not. Every value has a default that works for a small service.</summary>
public sealed class DeploymentSettings : IResourceAnnotation
{
    /// <summary>Processor cores kept for each replica; it may use four times as much where there is room.</summary>
    public double Cpu { get; set; } = 0.25;

    /// <summary>Memory of each replica in MiB: what is kept for it, and what it may not exceed.</summary>
    public int MemoryMiB { get; set; } = 512;

    /// <summary>Replicas that always run.</summary>
    public int MinReplicas { get; set; } = 1;

    /// <summary>Replicas at most, where something scales them.</summary>
    public int MaxReplicas { get; set; } = 1;

    /// <summary>Replicas at most, whether or not something scales them: never fewer than always run.</summary>
    public int MostReplicas => Math.Max(MinReplicas, MaxReplicas);

    /// <summary>What the number of replicas follows.</summary>
    public StreamScale? Scale { get; set; }

    /// <summary>What it follows where there is no stream to follow.</summary>
    public LoadScale? Load { get; set; }

    /// <summary>Connections that a replica opens to a database server at most; a hundred are in Npgsql's pool unless it is told otherwise.</summary>
    public int DatabaseConnections { get; set; } = 100;

    /// <summary>Seconds between being told to stop and being killed.</summary>
    public int GraceSeconds { get; set; } = 30;

    /// <summary>The resource answers some requests for minutes, so what stands before it must neither buffer nor cut them.</summary>
    public bool Streams { get; set; }

    /// <summary>Largest body of a request in MiB.</summary>
    public int MaxBodyMiB { get; set; } = 1;

    /// <summary>Whether it calls servers outside the deployment, over HTTPS.</summary>
    public bool CallsOut { get; set; }

    /// <summary>A folder filled before the resource starts.</summary>
    public FilledVolume? Volume { get; set; }

    /// <summary>Arguments with which the resource's image only waits until its work has been done.</summary>
    public IReadOnlyList<string> WaitArguments { get; set; } = [];

    /// <summary>Settings of the resource that are left to whoever runs the deployment.</summary>
    public IList<OperatorSetting> OperatorSettings { get; } = [];

    /// <summary>Runs of the same image beside the resource.</summary>
    public IList<ScheduledRun> Schedules { get; } = [];

    internal static DeploymentSettings Of(IResource resource) => resource.TryGetLastAnnotation<DeploymentSettings>(out var settings) ? settings : new();
}
