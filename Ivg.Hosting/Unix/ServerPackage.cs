using Aspire.Hosting;
using Ivg.Hosting.Processes;

namespace Ivg.Hosting.Unix;

/// <summary>Installs a server where the host may, and otherwise says how to.</summary>
internal sealed class ServerPackage(EmbeddedHostOptions options, Terminal terminal)
{
    private const string PolicyPath = "/usr/sbin/policy-rc.d";

    /// <param name="what">As a person calls it.</param>
    /// <param name="debian">Its package on Debian and relatives.</param>
    /// <param name="homebrew">Its formula.</param>
    /// <exception cref="DistributedApplicationException">It may not or cannot be installed; the message has the command to type.</exception>
    public async Task InstallAsync(string what, string debian, string homebrew, string resource, CancellationToken cancellationToken)
    {
        var aptGet = ChildProcess.FindOnPath("apt-get");
        var remedy = OperatingSystem.IsMacOS() ? $"brew install {homebrew}"
            : OperatingSystem.IsWindows() ? $"winget install {homebrew} (or set ConnectionStrings__{resource} to a server elsewhere)"
            : aptGet is not null ? $"sudo apt-get update && sudo apt-get install -y {debian}"
            : $"install {what} with this system's package manager";
        if (aptGet is null || !UnixCalls.IsRoot || !options.InstallServers)
            throw new DistributedApplicationException($"{what} is not on this machine. Type: {remedy}");

        // A policy that says no keeps the package from starting a server of its own, which would hold a port and memory.
        var ownPolicy = !File.Exists(PolicyPath);
        if (ownPolicy)
            await WritePolicyAsync(cancellationToken);
        try
        {
            if (!await AptAsync(aptGet, ["install", "-y", "--no-install-recommends", debian], resource, cancellationToken)
                && !(await AptAsync(aptGet, ["update"], resource, cancellationToken)
                    && await AptAsync(aptGet, ["install", "-y", "--no-install-recommends", debian], resource, cancellationToken)))
                throw new DistributedApplicationException($"{what} is not on this machine and could not be installed. Type: {remedy}");
        }
        finally
        {
            if (ownPolicy)
                File.Delete(PolicyPath);
        }
    }

    private static async Task WritePolicyAsync(CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(PolicyPath, "#!/bin/sh\nexit 101\n", cancellationToken);
        FileModes.Set(PolicyPath, FileModes.Program);
    }

    private async Task<bool> AptAsync(string aptGet, string[] arguments, string resource, CancellationToken cancellationToken)
    {
        terminal.Say(resource, $"is not on this machine: running apt-get {string.Join(' ', arguments)} ({options.InstallSetting} forbids it)");
        var (exitCode, output) = await Command.RunAsync(
            aptGet, arguments, cancellationToken, environment: new Dictionary<string, string> { ["DEBIAN_FRONTEND"] = "noninteractive" });
        if (exitCode != 0)
            terminal.Quote(output.Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(3));
        return exitCode == 0;
    }
}
