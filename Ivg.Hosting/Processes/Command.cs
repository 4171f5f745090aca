using System.ComponentModel;
using System.Diagnostics;

namespace Ivg.Hosting.Processes;

/// <summary>Runs a program to its end and keeps what it printed.</summary>
internal static class Command
{
    /// <param name="userName">Null for the host's own user.</param>
    /// <param name="environment">Set on top of what the host has.</param>
    /// <returns>Exit code, and both outputs together; code -1 if the program cannot be started.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        string fileName,
        IEnumerable<string> arguments,
        CancellationToken cancellationToken,
        string? userName = null,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        var info = new ProcessStartInfo(fileName, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = Path.GetPathRoot(Environment.SystemDirectory) ?? "/",
        };
        if (userName is not null)
            info.UserName = userName;
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            info.Environment[name] = value;

        try
        {
            using var process = Process.Start(info)!;
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, await output + await error);
        }
        catch (Win32Exception ex)
        {
            return (-1, ex.Message);
        }
    }
}
