using System.Globalization;
using Aspire.Hosting;
using Ivg.Hosting.Data;
using Ivg.Hosting.Processes;
using Ivg.Hosting.Unix;

namespace Ivg.Hosting.Postgres;

/// <summary>A server's files, made by <c>initdb</c> at first use.</summary>
internal sealed record PostgresCluster(ServerFolder Folder, PostgresBinaries Binaries)
{
    public string DataDirectory => DataDirectoryIn(Folder);

    public bool Exists => File.Exists(VersionFile(Folder));

    /// <summary>The version that wrote the cluster, or null where there is none.</summary>
    public static int? MajorOf(ServerFolder folder)
        => File.Exists(VersionFile(folder)) ? int.Parse(File.ReadAllText(VersionFile(folder)), CultureInfo.InvariantCulture) : null;

    public async Task CreateAsync(string userName, string password, CancellationToken cancellationToken)
    {
        // Made beside its place and then moved there: a cluster that is there is a whole one.
        var unfinished = Path.Combine(Folder.Path, "cluster.new");
        if (Directory.Exists(unfinished))
            Directory.Delete(unfinished, recursive: true);

        // A file, because a command line is everybody's to read.
        var passwordFile = Path.Combine(Folder.Path, "initdb-password");
        DataFolder.WritePrivate(passwordFile, password);
        try
        {
            if (Folder.UserName is { } owner)
                await FileOwner.SetAsync(passwordFile, owner, cancellationToken);
            var (exitCode, output) = await Command.RunAsync(
                Binaries.InitDb,
                ["-D", unfinished, "-U", userName, "--pwfile", passwordFile, "--auth=scram-sha-256", "--encoding=UTF8", "--no-locale", "--data-checksums"],
                cancellationToken,
                Folder.UserName);
            if (exitCode != 0)
                throw new DistributedApplicationException($"initdb failed: {string.Join(" | ", output.Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(3))}");
        }
        finally
        {
            File.Delete(passwordFile);
        }

        Directory.Move(unfinished, DataDirectory);
    }

    private static string DataDirectoryIn(ServerFolder folder) => Path.Combine(folder.Path, "cluster");

    private static string VersionFile(ServerFolder folder) => Path.Combine(DataDirectoryIn(folder), "PG_VERSION");
}
