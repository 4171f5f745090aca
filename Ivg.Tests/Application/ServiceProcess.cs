using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Ivg.Tests.Application;

/// <summary>One of our programs started from its build output, with settings of the test's own.</summary>
internal sealed partial class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();

    private ServiceProcess(Process process) => _process = process;

    public int ProcessId => _process.Id;

    public bool HasEnded => _process.HasExited;

    /// <summary>All that it printed so far.</summary>
    public string Output => string.Join('\n', _lines);

    public static ServiceProcess Start(string project, params (string Name, string Value)[] settings) => StartWith(project, [], settings);

    /// <summary>The same with words on its command line.</summary>
    public static ServiceProcess StartWith(string project, string[] arguments, params (string Name, string Value)[] settings)
    {
        // Every project builds to a folder of its name beside this one's.
        var own = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var folder = Path.Combine(own.Parent!.Parent!.FullName, project, own.Name);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, project + ".dll"), .. arguments])
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };
        foreach (var (name, value) in settings) start.Environment[name] = value;
        var service = new ServiceProcess(new Process { StartInfo = start });
        service._process.OutputDataReceived += (_, line) => service.Keep(line.Data);
        service._process.ErrorDataReceived += (_, line) => service.Keep(line.Data);
        service._process.Start();
        service._process.BeginOutputReadLine();
        service._process.BeginErrorReadLine();
        return service;
    }

    /// <summary>The API beside the shared one, on the same servers.</summary>
    public static Task<(ServiceProcess Service, Uri Address)> StartApiAsync(IvgApplication app, string environment, params (string, string)[] settings) =>
        StartListeningAsync("Ivg.Api", [.. ForApi(app, environment), .. settings]);

    /// <summary>Starts a service and waits until it listens.</summary>
    public static async Task<(ServiceProcess Service, Uri Address)> StartListeningAsync(string project, params (string, string)[] settings)
    {
        var service = Start(project, settings);
        try
        {
            return (service, await Until.TrueAsync(() => Task.FromResult(service.Listening()), Patience, $"{project} to listen"));
        }
        catch (Exception e)
        {
            await service.DisposeAsync();
            throw new InvalidOperationException($"{project} did not start:\n{service.Output}", e);
        }
    }

    public static (string, string)[] ForApi(IvgApplication app, string environment) =>
    [
        ("ConnectionStrings__ivgdb", app.DatabaseConnection), ("ConnectionStrings__redis", app.RedisConnection), .. Hosting(environment),
    ];

    /// <summary>The environment's name, and any free port.</summary>
    public static (string, string)[] Hosting(string environment) =>
    [
        ("ASPNETCORE_ENVIRONMENT", environment), ("DOTNET_ENVIRONMENT", environment), ("ASPNETCORE_URLS", "http://127.0.0.1:0"),
    ];

    /// <summary>Waits for its end and says how it ended.</summary>
    public async Task<int> ExitAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    /// <summary>Asks it to stop in order, as an orchestrator does.</summary>
    public void RequestStop()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(provider: null)]);
        kill.WaitForExit();
    }

    /// <summary>Ends it without a word.</summary>
    public void Kill() => _process.Kill(entireProcessTree: true);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is not null) _lines.Enqueue(line);
    }

    private Uri? Listening()
    {
        if (_process.HasExited) throw new InvalidOperationException($"It ended with {_process.ExitCode}.");
        return Address().Match(Output) is { Success: true } found ? new Uri(found.Groups[1].Value) : null;
    }

    [GeneratedRegex(@"Now listening on: (http://[^\s""]+)")]
    private static partial Regex Address();
}
