using Microsoft.Extensions.Hosting;

namespace Ivg.Hosting.Unix;

/// <summary>
/// Stops the application when the <c>dotnet run</c> that started it is killed: that one cannot pass SIGKILL on,
/// and nobody would be left to press Ctrl+C.
/// </summary>
internal sealed class ParentWatch(IHostApplicationLifetime lifetime, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!OperatingSystem.IsLinux())
            return;

        var parent = UnixCalls.GetParentProcessId();
        if (!IsDotnetRun(parent))
            return;

        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            if (UnixCalls.GetParentProcessId() != parent)
            {
                lifetime.StopApplication();
                return;
            }
    }

    private static bool IsDotnetRun(int processId)
    {
        try
        {
            var arguments = File.ReadAllText($"/proc/{processId}/cmdline").Split('\0');
            return Path.GetFileName(arguments[0]) == "dotnet" && arguments.Skip(1).Any(a => a is "run" or "watch");
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
