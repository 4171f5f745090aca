using System.Globalization;
using System.Security.Cryptography;
using Aspire.Hosting;
using Ivg.Hosting.Processes;
using Ivg.Hosting.Unix;

namespace Ivg.Hosting.Data;

/// <summary>Everything the host keeps between runs, in one folder, for one host at a time.</summary>
internal sealed class DataFolder(string path, EmbeddedHostOptions options) : IDisposable
{
    // Goes up when an older host could no longer use what a newer one wrote.
    private const int Version = 1;

    private FileStream? _lock;

    public string Path { get; } = path;

    public string Logs => System.IO.Path.Combine(Path, "logs");

    public ProcessLedger Ledger { get; } = new(System.IO.Path.Combine(path, "processes.json"));

    private string LockPath => System.IO.Path.Combine(Path, "host.lock");

    private string VersionPath => System.IO.Path.Combine(Path, "version");

    // Beside the lock, because a locked file cannot be read.
    private string HolderPath => System.IO.Path.Combine(Path, "host.pid");

    /// <exception cref="DistributedApplicationException">Another host uses the folder, or it cannot be written.</exception>
    public void Open()
    {
        // Of a folder that is not for us nothing is touched, the lock included.
        var written = File.Exists(VersionPath) && int.TryParse(File.ReadAllText(VersionPath), CultureInfo.InvariantCulture, out var number) ? number : 0;
        if (written > Version)
            throw new DistributedApplicationException(
                $"The data folder {Path} is of version {written}, and this host knows {Version} at most: a newer one wrote it. Update this one, or name another folder with {options.DataDirectorySetting}.");

        try
        {
            Directory.CreateDirectory(Logs);
            _lock = new FileStream(LockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException ex)
        {
            throw new DistributedApplicationException($"The data folder {Path} cannot be written. Change its owner, or name another one with {options.DataDirectorySetting}.", ex);
        }
        catch (IOException ex)
        {
            throw new DistributedApplicationException(
                $"The data folder {Path} is in use by {Holder()}. Stop it, or name another folder with {options.DataDirectorySetting}.", ex);
        }

        File.WriteAllText(VersionPath, Version.ToString(CultureInfo.InvariantCulture));
        FileModes.Set(Logs, FileModes.OwnerOnlyFolder);
        File.WriteAllText(HolderPath, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>A password made at first use and readable by the host's user alone.</summary>
    public string Secret(string name)
    {
        var folder = Directory.CreateDirectory(System.IO.Path.Combine(Path, "secrets"));
        FileModes.Set(folder.FullName, FileModes.OwnerOnlyFolder);
        var file = System.IO.Path.Combine(folder.FullName, name);
        if (File.Exists(file))
            return File.ReadAllText(file).Trim();

        var value = RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789", 32);
        WritePrivate(file, value);
        return value;
    }

    /// <summary>The port a server had last time, so that connection strings noted down stay true; another one if it is taken.</summary>
    public int RememberedPort(string name, Ports ports)
    {
        var folder = Directory.CreateDirectory(System.IO.Path.Combine(Path, "ports"));
        var file = System.IO.Path.Combine(folder.FullName, name);
        if (File.Exists(file) && int.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out var last) && last is > 0 and <= 65535 && Ports.IsFree(last))
            return last;

        var port = ports.TakeFree();
        File.WriteAllText(file, port.ToString(CultureInfo.InvariantCulture));
        return port;
    }

    public static void WritePrivate(string file, string content)
    {
        using var writer = new StreamWriter(file, FileModes.NewOwnerOnlyFile());
        writer.Write(content);
    }

    public void Dispose()
    {
        _lock?.Dispose();
        _lock = null;
    }

    private string Holder()
    {
        try
        {
            return int.TryParse(File.ReadAllText(HolderPath), CultureInfo.InvariantCulture, out var id) ? PortHolder.Describe(id) : "another process";
        }
        catch (IOException)
        {
            return "another process";
        }
    }
}
