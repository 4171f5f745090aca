using System.Globalization;
using Microsoft.Extensions.Hosting;

namespace Ivg.Hosting.Unix;

/// <summary>
/// Stops the application when the <c>dotnet run</c> that started it is killed, or the <c>dotnet watch</c> above that one:
/// they cannot pass SIGKILL on, and nobody would be left to press Ctrl+C.
/// </summary>
internal sealed class ParentWatch(IHostApplicationLifetime lifetime, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!OperatingSystem.IsLinux())
            return;

        List<int> chain = [UnixCalls.GetParentProcessId()];
        while (IsDotnetTool(chain[^1]))
            chain.Add(ParentOf(chain[^1]));

        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        while (chain.Count > 1 && await timer.WaitForNextTickAsync(stoppingToken))
            if (UnixCalls.GetParentProcessId() != chain[0] || !Enumerable.Range(1, chain.Count - 1).All(i => ParentOf(chain[i - 1]) == chain[i]))
            {
                lifetime.StopApplication();
                return;
            }
    }

    private static bool IsDotnetTool(int processId)
    {
        var arguments = Read(processId, "cmdline").Split('\0');
        return Path.GetFileName(arguments[0]) == "dotnet" && arguments.Skip(1).Any(a => a is "run" or "watch" || Path.GetFileName(a) == "dotnet-watch.dll");
    }

    /// <summary>0 where the process is gone.</summary>
    private static int ParentOf(int processId)
    {
        // The name, in brackets, may have blanks and brackets of its own; then come the state and the parent.
        var fields = Read(processId, "stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 1 ? int.Parse(fields[1], CultureInfo.InvariantCulture) : 0;
    }

    private static string Read(int processId, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/{file}");
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
