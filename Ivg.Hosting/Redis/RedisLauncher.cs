using System.Globalization;
using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting;
using Ivg.Hosting.Data;
using Ivg.Hosting.Orchestration;
using Ivg.Hosting.Processes;
using Ivg.Hosting.Unix;

namespace Ivg.Hosting.Redis;

/// <summary>Runs this machine's <c>redis-server</c> or <c>valkey-server</c>: loopback, a password, append-only file, nothing evicted.</summary>
internal sealed partial class RedisLauncher(DataFolder data, EmbeddedHostOptions options, ServerPackage package, Terminal terminal) : IResourceLauncher
{
    private static readonly string[] Programs = ["redis-server", "valkey-server"];
    private static readonly Version Oldest = new(6, 2);
    private readonly Dictionary<IResource, (ServerFolder Folder, string Program)> _servers = [];

    public bool Handles(IResource resource) => resource is RedisResource;

    public async Task PrepareAsync(IResource resource, CancellationToken cancellationToken)
    {
        if (Find() is null)
            await package.InstallAsync("Redis", "redis-server", "redis", resource.Name, cancellationToken);
        var program = Find() ?? throw new DistributedApplicationException($"Redis was installed, but {string.Join(" or ", Programs)} is not on PATH.");
        var (_, output) = await Command.RunAsync(program, ["--version"], cancellationToken);
        if (!Version.TryParse(ServerVersion().Match(output).Groups[1].Value, out var version) || version < Oldest)
            throw new DistributedApplicationException(
                $"{program} is too old ({version}): {Oldest} or later is needed. Install a newer one, or set ConnectionStrings__{resource.Name} to a server elsewhere.");

        var name = resource.TryGetLastAnnotation<DataVolumeAnnotation>(out var volume) ? volume.Name : resource.Name;
        _servers[resource] = (await ServerFolder.PrepareAsync(data, name, options, terminal, cancellationToken), program);
    }

    public async Task<ProcessSpec?> CreateAsync(ResourceInstance instance, CancellationToken cancellationToken)
    {
        var redis = (RedisResource)instance.Resource;
        var (folder, program) = _servers[redis];
        var password = redis.PasswordParameter is { } parameter ? await parameter.GetValueAsync(cancellationToken) : null;
        return new ProcessSpec
        {
            FileName = program,
            Arguments = ["-"],
            StandardInput = Configuration(redis.PrimaryEndpoint.Port, folder.Path, password),
            WorkingDirectory = folder.Path,
            UserName = folder.UserName,
            InheritEnvironment = false,
        };
    }

    // Sent to the server's input: on a command line everybody could read the password.
    private static string Configuration(int port, string folder, string? password)
    {
        var lines = new List<string>
        {
            "bind 127.0.0.1 -::1",
            string.Create(CultureInfo.InvariantCulture, $"port {port}"),
            "protected-mode yes",
            $"dir \"{folder}\"",
            "save \"\"",
            "appendonly yes",
            "appendfsync everysec",
            "maxmemory-policy noeviction",
            "daemonize no",
        };
        if (password is not null)
            lines.Add($"requirepass \"{password.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"");
        return string.Join('\n', lines) + "\n";
    }

    private static string? Find() => Programs.Select(ChildProcess.FindOnPath).FirstOrDefault(p => p is not null);

    [GeneratedRegex(@"v=(\d+\.\d+(?:\.\d+)?)")]
    private static partial Regex ServerVersion();
}
