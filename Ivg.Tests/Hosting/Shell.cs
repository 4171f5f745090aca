using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Ivg.Tests.Hosting;

/// <summary>Shell scripts as resources: the smallest real processes there are.</summary>
internal static class Shell
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static IResourceBuilder<ExecutableResource> AddShell(this IDistributedApplicationBuilder builder, string name, string script)
        => builder.AddExecutable(name, "/bin/sh", "/", "-c", script);

    public static CancellationToken Timeout() => new CancellationTokenSource(Patience).Token;

    public static async Task UntilAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(25));
        while (!condition())
            await timer.WaitForNextTickAsync(cancellationToken);
    }

    public static bool IsAlive(int processId)
    {
        // A zombie is dead: its parent is gone and the machine's first process has not looked yet.
        var status = $"/proc/{processId}/stat";
        try
        {
            return File.Exists(status) && !File.ReadAllText(status).Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
