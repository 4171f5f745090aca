using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.Testing;
using Ivg.Hosting;
using Ivg.Hosting.Data;
using Ivg.Hosting.Unix;
using Microsoft.Extensions.DependencyInjection;

namespace Ivg.Tests.Hosting;

public sealed class PreflightTests
{
    private static readonly string Me = string.Create(CultureInfo.InvariantCulture, $"process {Environment.ProcessId} ");

    [Fact]
    public async Task Taken_port_names_its_holder_and_the_remedy_before_anything_starts()
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var port = ((IPEndPoint)holder.LocalEndpoint).Port;
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddShell("early", "exec sleep 1000");
        builder.AddShell("web", "exec sleep 1000").WithHttpEndpoint(port: port);
        builder.Services.PostConfigure<EmbeddedHostOptions>(o =>
        {
            o.RandomizePorts = false;
            o.PortSettings["web"] = "WEB_PORT";
        });
        await using var app = await builder.BuildAsync();

        var error = await Assert.ThrowsAsync<DistributedApplicationException>(() => app.StartAsync(Shell.Timeout()));

        Assert.Contains(port.ToString(CultureInfo.InvariantCulture), error.Message, StringComparison.Ordinal);
        Assert.Contains(Me, error.Message, StringComparison.Ordinal);
        Assert.Contains("WEB_PORT", error.Message, StringComparison.Ordinal);
        Assert.Empty(app.GetProcessIds("early"));
    }

    [Fact]
    public async Task Data_folder_in_use_names_its_holder_and_the_remedy()
    {
        var folder = Directory.CreateTempSubdirectory("ivg-in-use-").FullName;
        await using var first = DistributedApplicationTestingBuilder.Create($"--Hosting:DataDirectory={folder}").Build();
        await first.StartAsync(Shell.Timeout());
        await using var second = DistributedApplicationTestingBuilder.Create($"--Hosting:DataDirectory={folder}").Build();

        var error = await Assert.ThrowsAsync<DistributedApplicationException>(() => second.StartAsync(Shell.Timeout()));

        Assert.Contains(folder, error.Message, StringComparison.Ordinal);
        Assert.Contains(Me, error.Message, StringComparison.Ordinal);
        Assert.Contains("Hosting:DataDirectory", error.Message, StringComparison.Ordinal);
        await first.StopAsync(Shell.Timeout());
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Data_folder_of_a_newer_version_is_left_alone_and_the_remedy_named()
    {
        var folder = Directory.CreateTempSubdirectory("ivg-newer-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "version"), "2");
        await using var host = DistributedApplicationTestingBuilder.Create($"--Hosting:DataDirectory={folder}").Build();

        var error = await Assert.ThrowsAsync<DistributedApplicationException>(() => host.StartAsync(Shell.Timeout()));

        Assert.Contains($"{folder} is of version 2, and this host knows 1 at most", error.Message, StringComparison.Ordinal);
        Assert.Contains("Hosting:DataDirectory", error.Message, StringComparison.Ordinal);
        Assert.Equal("2", await File.ReadAllTextAsync(Path.Combine(folder, "version")));
    }

    [Fact]
    public async Task Missing_server_stops_with_the_command_to_type_where_installing_is_forbidden()
    {
        var options = new EmbeddedHostOptions { InstallServers = false, WriteToTerminal = false };
        var package = new ServerPackage(options, new Terminal(options, TimeProvider.System));

        var error = await Assert.ThrowsAsync<DistributedApplicationException>(
            () => package.InstallAsync("Redis", "redis-server", "redis", "redis", Shell.Timeout()));

        Assert.Contains("redis", error.Message, StringComparison.Ordinal);
        Assert.Contains("install", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folder_above_that_shuts_the_servers_user_out_is_gone_around()
    {
        // Temporary folders have mode 0700; as root, servers run as somebody else.
        var parent = Directory.CreateTempSubdirectory("ivg-shut-");
        var outside = Path.Combine("/var/lib", $"ivg-test-{Guid.CreateVersion7():N}");
        var options = new EmbeddedHostOptions { UnreachableDataRoot = outside, WriteToTerminal = false };
        using var data = new DataFolder(Path.Combine(parent.FullName, "data"), options);
        data.Open();
        try
        {
            var folder = await ServerFolder.PrepareAsync(data, "server", options, new Terminal(options, TimeProvider.System), Shell.Timeout());
            var again = await ServerFolder.PrepareAsync(data, "server", options, new Terminal(options, TimeProvider.System), Shell.Timeout());

            Assert.Equal(folder, again);
            Assert.Equal(UnixCalls.IsRoot, folder.Path.StartsWith(outside, StringComparison.Ordinal));
            Assert.Equal(UnixCalls.IsRoot, folder.UserName is not null);
        }
        finally
        {
            parent.Delete(recursive: true);
            if (Directory.Exists(outside))
                Directory.Delete(outside, recursive: true);
        }
    }
}
