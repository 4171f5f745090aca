using System.Net.Sockets;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Something a resource listens on.</summary>
public sealed class EndpointAnnotation(
    ProtocolType protocol,
    string? uriScheme = null,
    string? transport = null,
    string? name = null,
    int? port = null,
    int? targetPort = null,
    bool? isExternal = null,
    bool isProxied = true) : IResourceAnnotation
{
    public ProtocolType Protocol { get; set; } = protocol;

    public string UriScheme { get; set; } = uriScheme ?? "tcp";

    public string Transport { get; set; } = transport ?? (uriScheme is "http" or "https" ? "http" : "tcp");

    public string Name { get; set; } = name ?? uriScheme ?? "tcp";

    /// <summary>The port callers use; <see langword="null"/> for any free one.</summary>
    public int? Port { get; set; } = port;

    /// <summary>The port the process listens on. The embedded host has no proxy: it uses this one where <see cref="Port"/> is unset.</summary>
    public int? TargetPort { get; set; } = targetPort;

    public bool IsExternal { get; set; } = isExternal ?? false;

    public bool IsProxied { get; set; } = isProxied;

    public string TargetHost { get; set; } = "localhost";

    /// <summary>The variable that tells the process its port, where it takes one.</summary>
    public string? TargetPortEnvironmentVariable { get; set; }

    /// <summary>Where the first replica listens.</summary>
    public AllocatedEndpoint? AllocatedEndpoint
    {
        get => Replicas.Count > 0 ? Replicas[0] : null;
        set => Replicas = value is null ? [] : [value];
    }

    /// <summary>Where each replica listens. Replaced as a whole: others may be reading it.</summary>
    internal IReadOnlyList<AllocatedEndpoint> Replicas { get; set; } = [];
}
