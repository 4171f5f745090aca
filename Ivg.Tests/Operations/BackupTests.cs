using System.Diagnostics;
using System.Text.Json.Nodes;
using Ivg.Hosting.Postgres;
using Ivg.Tests.Application;
using Ivg.Tests.Generation;
using Npgsql;

namespace Ivg.Tests.Operations;

/// <summary>Backup and restore as the operations page describes them: the database alone, another Redis, and nothing is missing.</summary>
public sealed class BackupTests
{
    [Fact]
    public async Task Restored_database_with_an_empty_redis_has_the_pictures_and_runs_the_jobs_that_were_open()
    {
        var dump = Path.GetTempFileName();
        await using var before = await OwnServers.CreateAsync();
        await using var after = await OwnServers.CreateAsync();
        string url, waiting;
        byte[] picture;
        var id = Guid.CreateVersion7().ToString("N");
        try
        {
            var (api, address) = await ServiceProcess.StartListeningAsync("Ivg.Api", before.Settings());
            await using (api)
            {
                using var user = new IvgClient(address, id);
                var (worker, _) = await ServiceProcess.StartListeningAsync("Ivg.GenerateWorker", before.Settings(("IMAGE_PROVIDER", "offline")));
                await using (worker)
                {
                    var done = await user.FinishAsync(await user.SubmitAsync("/api/variations", TestPictures.Png(64, 64), ("style_id", "ink-line")));
                    url = (string)done["result"]!["url"]!;
                    picture = await user.Http.GetByteArrayAsync(url);
                }
                // Nobody is there to run this one.
                waiting = (string)(await user.SubmitAsync("/api/variations", TestPictures.Png(48, 48)))["job_id"]!;
                await RunAsync("pg_dump", before.DatabaseConnection, "--format=custom", $"--file={dump}");
            }
            await RunAsync("pg_restore", after.DatabaseConnection, "--clean", "--if-exists", "--exit-on-error", "--no-owner", dump);
        }
        finally
        {
            File.Delete(dump);
        }

        await using var migrator = ServiceProcess.Start("Ivg.Migrator", after.Settings());
        Assert.True(await migrator.ExitAsync() == 0, migrator.Output);
        Assert.Contains("0 scripts were applied", migrator.Output);
        var (restored, there) = await ServiceProcess.StartListeningAsync("Ivg.Api", after.Settings());
        await using var __ = restored;
        using var again = new IvgClient(there, id);
        Assert.Equal(picture, await again.Http.GetByteArrayAsync(url));
        // Before a worker runs: the one that was open would be a second row with a picture.
        Assert.Equal(1, (await again.GetJsonAsync("/api/history"))["items"]!.AsArray().Count(row => row!["images"]!.AsArray().Count > 0));
        var (runner, ___) = await ServiceProcess.StartListeningAsync("Ivg.GenerateWorker", after.Settings(("IMAGE_PROVIDER", "offline")));
        await using var ____ = runner;
        Assert.Equal("succeeded", (string?)(await again.FinishAsync(new JsonObject { ["job_id"] = waiting }))["status"]);
    }

    private static async Task RunAsync(string tool, string connection, params string[] arguments)
    {
        var folder = (await PostgresBinaries.FindAsync(CancellationToken.None))[0].Folder;
        var server = new NpgsqlConnectionStringBuilder(connection);
        var start = new ProcessStartInfo(Path.Combine(folder, tool), [$"--host={server.Host}", $"--port={server.Port}", $"--username={server.Username}", $"--dbname={server.Database}", .. arguments])
        {
            RedirectStandardError = true,
        };
        start.Environment["PGPASSWORD"] = server.Password;
        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, errors);
    }
}
