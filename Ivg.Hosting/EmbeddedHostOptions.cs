namespace Ivg.Hosting;

/// <summary>What only the embedded host can be told. The AppHost sets it; every value has a default that works.</summary>
public sealed class EmbeddedHostOptions
{
    /// <summary>Servers' data, secrets and logs. Unset: <c>.data</c> beside the AppHost's folder.</summary>
    public string? DataDirectory { get; set; }

    /// <summary>Where servers of an unprivileged user keep their data when a folder above <see cref="DataDirectory"/> shuts them out.</summary>
    public string UnreachableDataRoot { get; set; } = "/var/lib/embedded-host";

    /// <summary>The dashboard's port on loopback; 0 is any free one.</summary>
    public int DashboardPort { get; set; } = 18888;

    /// <summary>Where the dashboard takes OTLP over gRPC, on loopback; 0 is any free port. OTLP over HTTP goes to <see cref="DashboardPort"/>.</summary>
    public int OtlpPort { get; set; }

    public bool DashboardEnabled { get; set; } = true;

    /// <summary>Whether a missing server may be installed, as root on Debian and its relatives.</summary>
    public bool InstallServers { get; set; } = true;

    /// <summary>Whether fixed ports of the model give way to free ones, so that copies run side by side.</summary>
    public bool RandomizePorts { get; set; }

    /// <summary>Whether state changes are written to the terminal.</summary>
    public bool WriteToTerminal { get; set; } = true;

    /// <summary>How a user says otherwise, named in error messages: the variable for the data folder.</summary>
    public string DataDirectorySetting { get; set; } = "Hosting:DataDirectory";

    /// <summary>The same for the dashboard's port.</summary>
    public string DashboardPortSetting { get; set; } = "Hosting:DashboardPort";

    /// <summary>The same for OTLP's port.</summary>
    public string OtlpPortSetting { get; set; } = "Hosting:OtlpPort";

    /// <summary>The same for installing.</summary>
    public string InstallSetting { get; set; } = "Hosting:InstallServers";

    /// <summary>The same for ports of resources, by resource name.</summary>
    public Dictionary<string, string> PortSettings { get; } = [];
}
