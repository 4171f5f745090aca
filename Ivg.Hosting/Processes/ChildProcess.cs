using System.Diagnostics;
using Aspire.Hosting.ApplicationModel;
using Ivg.Hosting.Unix;

namespace Ivg.Hosting.Processes;

/// <summary>A process in a group of its own, so that Ctrl+C reaches the host alone and the host stops the rest in order.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task _output;
    private readonly StopSignal _stopSignal;

    private ChildProcess(Process process, Task output, StopSignal stopSignal)
    {
        _process = process;
        _output = output;
        _stopSignal = stopSignal;
        Id = process.Id;
    }

    public int Id { get; }

    /// <exception cref="System.ComponentModel.Win32Exception">The program cannot be started.</exception>
    public static async Task<ChildProcess> StartAsync(ProcessSpec spec, ResourceConsole console, CancellationToken cancellationToken)
    {
        var process = Process.Start(ToStartInfo(spec))!;
        var output = Task.WhenAll(
            PumpAsync(process.StandardOutput, console, isError: false),
            PumpAsync(process.StandardError, console, isError: true));
        var child = new ChildProcess(process, output, spec.StopSignal);
        if (spec.StandardInput is { } input)
            await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
        process.StandardInput.Close();
        return child;
    }

    public static string? FindOnPath(string program)
        => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? program + ".exe" : program))
            .FirstOrDefault(File.Exists);

    /// <summary>Waits for the process to end and for what it last said.</summary>
    public async Task<int> WaitForExitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);

        // A grandchild may hold the pipes open for ever; the last words come at once or not at all.
        await Task.WhenAny(_output, Task.Delay(TimeSpan.FromMilliseconds(500), cancellationToken));
        return _process.ExitCode;
    }

    /// <summary>Asks first, and kills the group when <paramref name="grace"/> is over.</summary>
    /// <returns>Whether it ended by itself.</returns>
    public async Task<bool> StopAsync(TimeSpan grace)
    {
        Ask();
        try
        {
            await _process.WaitForExitAsync(CancellationToken.None).WaitAsync(grace);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
        finally
        {
            // Also after a polite end: what the process itself started in its group ends with it.
            Kill();
            await _process.WaitForExitAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(1)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Dispose() => _process.Dispose();

    private void Ask()
    {
        if (_process.HasExited)
            return;

        if (OperatingSystem.IsWindows())
            _process.Kill(entireProcessTree: true);
        else
            UnixCalls.Signal(Id, _stopSignal == StopSignal.Int ? UnixCalls.SigInt : UnixCalls.SigTerm);
    }

    private void Kill()
    {
        if (!OperatingSystem.IsWindows())
            UnixCalls.SignalGroup(Id, UnixCalls.SigKill);
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
    }

    private static ProcessStartInfo ToStartInfo(ProcessSpec spec)
    {
        var info = new ProcessStartInfo
        {
            FileName = Guardian.SetSid ?? spec.FileName,
            WorkingDirectory = spec.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        if (Guardian.SetSid is not null)
            info.ArgumentList.Add(spec.FileName);
        foreach (var argument in spec.Arguments)
            info.ArgumentList.Add(argument);

        if (spec.UserName is not null)
            info.UserName = spec.UserName;
        if (!spec.InheritEnvironment)
            foreach (var name in info.Environment.Keys.Except(["PATH", "LANG", "TZ", "SystemRoot", "TEMP"]).ToArray())
                info.Environment.Remove(name);
        foreach (var (name, value) in spec.Environment)
            if (value is null)
                info.Environment.Remove(name);
            else
                info.Environment[name] = value;
        return info;
    }

    private static async Task PumpAsync(StreamReader reader, ResourceConsole console, bool isError)
    {
        try
        {
            while (await reader.ReadLineAsync() is { } line)
                console.Write(line, isError);
        }
        catch (Exception ex) when (ex is IOException or ObjectDisposedException)
        {
            // The process is gone, and its pipe with it.
        }
    }
}
