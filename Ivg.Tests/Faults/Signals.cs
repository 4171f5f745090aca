using System.Diagnostics;

namespace Ivg.Tests.Faults;

/// <summary>Signals by their names, whose numbers differ between systems.</summary>
internal static class Signals
{
    /// <param name="processId">A process that a test started, by itself or through its application.</param>
    /// <param name="signal"><c>STOP</c>, <c>CONT</c>, <c>TERM</c>, <c>KILL</c>.</param>
    public static async Task SendAsync(int processId, string signal) =>
        Assert.True(await TrySendAsync(processId, signal), $"There is no process {processId}.");

    /// <summary>False when the process has ended already.</summary>
    public static async Task<bool> TrySendAsync(int processId, string signal)
    {
        using var kill = Process.Start(new ProcessStartInfo("kill", [$"-{signal}", processId.ToString(provider: null)]) { RedirectStandardError = true })!;
        await kill.StandardError.ReadToEndAsync();
        await kill.WaitForExitAsync();
        return kill.ExitCode == 0;
    }
}
