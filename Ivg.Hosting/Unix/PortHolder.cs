using System.Globalization;

namespace Ivg.Hosting.Unix;

/// <summary>Finds who listens on a port, where the system lets us look.</summary>
internal static class PortHolder
{
    private const string Listening = "0A";
    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary>As "process 123 (command line)", or null where it cannot be known.</summary>
    public static string? Find(int port)
    {
        if (!Directory.Exists("/proc/net"))
            return null;

        var sockets = Sockets(port).ToHashSet();
        return sockets.Count == 0
            ? null
            : ProcessIds().Where(id => Holds(id, sockets)).Select(Describe).FirstOrDefault();
    }

    public static string Describe(int processId)
    {
        var command = "";
        try
        {
            command = File.ReadAllText($"/proc/{processId}/cmdline").Replace('\0', ' ').Trim();
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            // Gone, another user's, or not Linux.
        }

        if (command.Length > 160)
            command = command[..160] + "…";
        return string.Create(CultureInfo.InvariantCulture, $"process {processId}{(command.Length > 0 ? $" ({command})" : "")}");
    }

    private static IEnumerable<string> Sockets(int port)
    {
        var suffix = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        foreach (var table in Tables.Where(File.Exists))
            foreach (var line in File.ReadLines(table).Skip(1))
            {
                var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (fields.Length > 9 && fields[1].EndsWith(suffix, StringComparison.Ordinal) && fields[3] == Listening)
                    yield return $"socket:[{fields[9]}]";
            }
    }

    private static IEnumerable<int> ProcessIds()
        => Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0);

    private static bool Holds(int processId, HashSet<string> sockets)
    {
        try
        {
            return Directory.EnumerateFiles($"/proc/{processId}/fd").Any(fd => sockets.Contains(new FileInfo(fd).LinkTarget ?? ""));
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
