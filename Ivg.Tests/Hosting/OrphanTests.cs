using System.Diagnostics;
using System.Globalization;
using Ivg.Hosting.Processes;
using Ivg.Hosting.Unix;

namespace Ivg.Tests.Hosting;

public sealed class OrphanTests
{
    [Fact]
    public async Task Guardian_ends_the_children_of_a_host_that_is_gone()
    {
        using var child = StartInGroup("trap '' TERM; while :; do sleep 0.1; done");
        var guardian = new Guardian();
        guardian.Add(child.Id, StopSignal.Term);

        // What the kernel does to a killed host's end of the pipe.
        guardian.Dispose();

        await child.WaitForExitAsync(Shell.Timeout());
    }

    [Fact]
    public async Task Guardian_leaves_alone_what_ended_in_order()
    {
        using var forgotten = StartInGroup("exec sleep 1000");
        using var kept = StartInGroup("exec sleep 1000");
        var guardian = new Guardian();
        guardian.Add(forgotten.Id, StopSignal.Term);
        guardian.Add(kept.Id, StopSignal.Term);
        guardian.Remove(forgotten.Id);

        guardian.Dispose();

        await kept.WaitForExitAsync(Shell.Timeout());
        Assert.False(forgotten.HasExited);
        forgotten.Kill();
    }

    [Fact]
    public async Task Next_start_ends_what_a_killed_host_and_guardian_left()
    {
        var path = Path.Combine(Path.GetTempPath(), $"ledger-{Guid.CreateVersion7():N}.json");
        using var child = StartInGroup("exec sleep 1000");
        new ProcessLedger(path).Add(child.Id, "leftover", StopSignal.Term);

        var ended = await new ProcessLedger(path).SweepAsync(TimeProvider.System, Shell.Timeout());

        Assert.Equal(["leftover"], ended);
        await child.WaitForExitAsync(Shell.Timeout());
        Assert.Empty(await new ProcessLedger(path).SweepAsync(TimeProvider.System, Shell.Timeout()));
    }

    [Fact]
    public async Task Killed_apphost_leaves_no_process_and_its_next_start_finds_the_data()
    {
        var folder = Directory.CreateTempSubdirectory("ivg-killed-").FullName;
        try
        {
            using var first = StartAppHost(folder);
            var children = await ChildrenAsync(first, folder);
            first.Kill();
            await Shell.UntilAsync(() => !children.Any(Shell.IsAlive), Shell.Timeout());
            var port = await File.ReadAllTextAsync(Path.Combine(folder, "ports", "postgres-tcp"));

            using var second = StartAppHost(folder);
            var others = await ChildrenAsync(second, folder);
            Assert.Equal(port, await File.ReadAllTextAsync(Path.Combine(folder, "ports", "postgres-tcp")));
            UnixCalls.Signal(second.Id, UnixCalls.SigTerm);
            await second.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(10)).Token);
            Assert.Equal(0, second.ExitCode);
            Assert.DoesNotContain(others, Shell.IsAlive);
        }
        finally
        {
            foreach (var outside in Directory.EnumerateFileSystemEntries(folder).Select(e => new DirectoryInfo(e).LinkTarget).OfType<string>().ToArray())
                Directory.Delete(outside, recursive: true);
            Directory.Delete(folder, recursive: true);
        }
    }

    // The AppHost itself, with no server elsewhere: real Postgres, Redis and services.
    private static Process StartAppHost(string folder)
    {
        // From its own output: the copy beside the tests lacks what only its own output has.
        var output = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Ivg.AppHost", new DirectoryInfo(AppContext.BaseDirectory).Name));
        var info = new ProcessStartInfo("dotnet", ["exec", Path.Combine(output, "Ivg.AppHost.dll")])
        {
            RedirectStandardOutput = true,
            Environment =
            {
                ["IVG_DATA_DIR"] = folder,
                ["IVG_PORT"] = new Ports().TakeFree().ToString(CultureInfo.InvariantCulture),
                ["IVG_DASHBOARD_PORT"] = "0",
            },
        };
        return Process.Start(info)!;
    }

    /// <summary>The guardian, both servers and whatever else runs by the time the servers are up.</summary>
    private static async Task<int[]> ChildrenAsync(Process host, string folder)
    {
        var healthy = new HashSet<string>();
        while (!(healthy.Contains("postgres") && healthy.Contains("redis")))
        {
            var line = await host.StandardOutput.ReadLineAsync(Shell.Timeout()) ?? throw new InvalidOperationException("The AppHost ended.");
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 2 && words[2] == "healthy")
                healthy.Add(words[1]);
        }

        // Nobody reads on: the pipe is large enough for the rest.
        Assert.True(File.Exists(Path.Combine(folder, "processes.json")));
        return [.. Directory.EnumerateDirectories("/proc").Select(d => int.TryParse(Path.GetFileName(d), CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0 && ParentOf(id) == host.Id)];
    }

    private static int ParentOf(int processId)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 4)..].Split(' ')[0], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static Process StartInGroup(string script) => Process.Start(new ProcessStartInfo("setsid", ["/bin/sh", "-c", script]))!;
}
