using System.Diagnostics;
using System.Globalization;
using Ivg.Hosting.Processes;

namespace Ivg.Hosting.Unix;

/// <summary>
/// A shell that outlives the host by a moment and ends its children. The kernel's own "die with my parent" goes by the
/// thread that started the child, and the thread pool retires threads at will.
/// </summary>
internal sealed class Guardian : IDisposable
{
    /// <summary>Starts a program in a session, and so a group, of its own; null where there is none, as on macOS.</summary>
    public static readonly string? SetSid = ChildProcess.FindOnPath("setsid");

    private readonly Lock _gate = new();
    private readonly Process? _shell;

    public Guardian()
    {
        if (OperatingSystem.IsWindows() || SetSid is null)
            return;

        using var script = new StreamReader(typeof(Guardian).Assembly.GetManifestResourceStream("Ivg.Hosting.Unix.guardian.sh")!);
        var info = new ProcessStartInfo(SetSid) { RedirectStandardInput = true, UseShellExecute = false, WorkingDirectory = "/" };
        foreach (var argument in new[] { "/bin/sh", "-c", script.ReadToEnd(), "guardian" })
            info.ArgumentList.Add(argument);
        info.Environment.Clear();
        info.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        _shell = Process.Start(info);
    }

    public void Add(int groupId, StopSignal signal)
        => Tell(string.Create(CultureInfo.InvariantCulture, $"add {groupId} {(signal == StopSignal.Int ? "INT" : "TERM")}"));

    public void Remove(int groupId) => Tell(string.Create(CultureInfo.InvariantCulture, $"del {groupId}"));

    public void Dispose()
    {
        lock (_gate)
            _shell?.StandardInput.Close();
        _shell?.Dispose();
    }

    private void Tell(string message)
    {
        lock (_gate)
        {
            try
            {
                _shell?.StandardInput.Write(message + "\n");
                _shell?.StandardInput.Flush();
            }
            catch (Exception ex) when (ex is IOException or ObjectDisposedException)
            {
                // Somebody killed the guardian; the ledger in the data folder still lets the next start clean up.
            }
        }
    }
}
