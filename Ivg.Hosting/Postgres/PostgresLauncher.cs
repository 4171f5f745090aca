using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting;
using Ivg.Hosting.Data;
using Ivg.Hosting.Orchestration;
using Ivg.Hosting.Processes;
using Ivg.Hosting.Unix;

namespace Ivg.Hosting.Postgres;

/// <summary>Runs this machine's PostgreSQL on a cluster in the data folder: loopback and a socket, passwords everywhere, durable.</summary>
internal sealed class PostgresLauncher(DataFolder data, EmbeddedHostOptions options, ServerPackage package, Terminal terminal) : IResourceLauncher
{
    // The kernel takes 107 characters for a socket's path; the file is /.s.PGSQL.65535.
    private const int LongestSocketFolder = 90;
    private readonly Dictionary<IResource, PostgresCluster> _clusters = [];

    public bool Handles(IResource resource) => resource is PostgresServerResource;

    public async Task PrepareAsync(IResource resource, CancellationToken cancellationToken)
    {
        var installed = await PostgresBinaries.FindAsync(cancellationToken);
        if (installed.Count == 0)
        {
            await package.InstallAsync("PostgreSQL", "postgresql", "postgresql", resource.Name, cancellationToken);
            installed = await PostgresBinaries.FindAsync(cancellationToken);
        }

        var name = resource.TryGetLastAnnotation<DataVolumeAnnotation>(out var volume) ? volume.Name : resource.Name;
        var folder = await ServerFolder.PrepareAsync(data, name, options, terminal, cancellationToken);
        _clusters[resource] = new PostgresCluster(folder, Choose(installed, folder, resource));
    }

    public async Task<ProcessSpec?> CreateAsync(ResourceInstance instance, CancellationToken cancellationToken)
    {
        var server = (PostgresServerResource)instance.Resource;
        var cluster = _clusters[server];
        if (!cluster.Exists)
            await cluster.CreateAsync(
                await server.UserNameReference.GetValueAsync(cancellationToken) ?? "postgres",
                await server.PasswordParameter.GetValueAsync(cancellationToken) ?? throw new DistributedApplicationException($"'{server.Name}' has no password."),
                cancellationToken);

        var sockets = cluster.Folder.Path.Length <= LongestSocketFolder && !OperatingSystem.IsWindows() ? cluster.Folder.Path : "";
        Dictionary<string, string> settings = new()
        {
            ["listen_addresses"] = "localhost",
            ["port"] = server.Port.Endpoint.Port.ToString(CultureInfo.InvariantCulture),
            ["unix_socket_directories"] = sockets,
            ["fsync"] = "on",
            ["full_page_writes"] = "on",
            ["synchronous_commit"] = "on",
            ["password_encryption"] = "scram-sha-256",
            ["max_connections"] = "200",
            ["log_line_prefix"] = "%m [%p] ",
            ["logging_collector"] = "off",
        };
        return new ProcessSpec
        {
            FileName = cluster.Binaries.Postgres,
            Arguments = ["-D", cluster.DataDirectory, .. settings.SelectMany(s => new[] { "-c", $"{s.Key}={s.Value}" })],
            WorkingDirectory = cluster.Folder.Path,
            UserName = cluster.Folder.UserName,
            InheritEnvironment = false,
            StopSignal = StopSignal.Int,
        };
    }

    private PostgresBinaries Choose(IReadOnlyList<PostgresBinaries> installed, ServerFolder folder, IResource resource)
    {
        var current = installed.Where(b => b.Major >= PostgresBinaries.OldestMajor).ToArray();
        if (current.Length == 0)
            throw new DistributedApplicationException(
                $"PostgreSQL {installed.Select(b => b.Major).DefaultIfEmpty(0).Max()} is too old: {PostgresBinaries.OldestMajor} or later is needed. "
                + $"Install a newer one, or set ConnectionStrings__{resource.Name} to a server elsewhere.");

        if (PostgresCluster.MajorOf(folder) is not { } written)
            return current[0];

        return Array.Find(current, b => b.Major == written)
            ?? throw new DistributedApplicationException(
                $"The data in {folder.Path} was written by PostgreSQL {written}, and this machine has {string.Join(", ", installed.Select(b => b.Major))}. "
                + $"Install PostgreSQL {written}, or name another data folder with {options.DataDirectorySetting}.");
    }
}
