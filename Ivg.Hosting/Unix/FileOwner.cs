using Ivg.Hosting.Processes;

namespace Ivg.Hosting.Unix;

/// <summary>Files of servers that run as another user than the host; only root gets here.</summary>
internal static class FileOwner
{
    public static Task SetAsync(string path, string user, CancellationToken cancellationToken)
        => Command.RunAsync("chown", [$"{user}:", path], cancellationToken);

    public static async Task<bool> CanEnterAsync(string folder, string user, CancellationToken cancellationToken)
        => (await Command.RunAsync("/bin/sh", ["-c", "cd \"$1\"", "sh", folder], cancellationToken, user)).ExitCode == 0;
}
