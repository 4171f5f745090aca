using System.Globalization;
using System.Text.RegularExpressions;
using Ivg.Hosting.Processes;

namespace Ivg.Hosting.Postgres;

/// <summary>One installation of the server.</summary>
/// <param name="Folder">Has <c>postgres</c> and <c>initdb</c>.</param>
/// <param name="Major">Its version, 14 for 14.2.</param>
internal sealed partial record PostgresBinaries(string Folder, int Major)
{
    public const int OldestMajor = 14;

    public string Postgres => Path.Combine(Folder, OperatingSystem.IsWindows() ? "postgres.exe" : "postgres");

    public string InitDb => Path.Combine(Folder, OperatingSystem.IsWindows() ? "initdb.exe" : "initdb");

    /// <summary>Those on PATH first, then the newest.</summary>
    public static async Task<IReadOnlyList<PostgresBinaries>> FindAsync(CancellationToken cancellationToken)
    {
        var found = new List<PostgresBinaries>();
        foreach (var folder in Candidates().Distinct(StringComparer.Ordinal))
        {
            var binaries = new PostgresBinaries(folder, 0);
            if (!File.Exists(binaries.Postgres) || !File.Exists(binaries.InitDb))
                continue;

            var (_, output) = await Command.RunAsync(binaries.Postgres, ["--version"], cancellationToken);
            if (VersionNumber().Match(output) is { Success: true } version)
                found.Add(binaries with { Major = int.Parse(version.Groups[1].ValueSpan, CultureInfo.InvariantCulture) });
        }

        return found;
    }

    private static IEnumerable<string> Candidates()
    {
        if (ChildProcess.FindOnPath("postgres") is { } onPath)
            yield return Path.GetDirectoryName(File.ResolveLinkTarget(onPath, returnFinalTarget: true)?.FullName ?? onPath)!;

        string[] roots = OperatingSystem.IsWindows()
            ? [Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "PostgreSQL")]
            : ["/usr/lib/postgresql", "/usr/pgsql", "/opt/homebrew/opt", "/usr/local/opt", "/Applications/Postgres.app/Contents/Versions"];
        foreach (var root in roots.Where(Directory.Exists))
            foreach (var folder in Directory.EnumerateDirectories(root).OrderByDescending(TrailingNumber))
                yield return Path.Combine(folder, "bin");
    }

    private static int TrailingNumber(string folder)
        => int.TryParse(VersionNumber().Match(Path.GetFileName(folder)).Value.Split('.')[0], CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex(@"(\d+)(?:\.\d+)?")]
    private static partial Regex VersionNumber();
}
