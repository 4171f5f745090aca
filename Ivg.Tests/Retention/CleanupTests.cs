using Dapper;
using Ivg.Tests.Application;
using Ivg.Tests.Generation;

namespace Ivg.Tests.Retention;

/// <summary>The migrator's cleanup, as a scheduler runs it.</summary>
public sealed class CleanupTests
{
    [Fact]
    public async Task Cleanup_OldAndNew_RemovesTheOldAloneAndSaysWhat()
    {
        await using var servers = await OwnServers.CreateAsync();
        await using var connection = await servers.Database.OpenConnectionAsync();
        // Pictures of 40 days with their history, of 400 days likewise, and of today; jobs that are over, open, remembered by a key, and still to be posted.
        await connection.ExecuteAsync("""
            insert into image_assets (image_id, session_id, mime_type, width, height, bytes, sha256, data, created_at, expired_at)
            select gen_random_uuid(), 's' || age, 'image/png', 1, 1, 1000000, '\x00', case when age < 400 then '\x01'::bytea end, now() - make_interval(days => age), case when age = 400 then now() end
            from unnest(array[0, 40, 400]) age, generate_series(1, 250);
            insert into generation_history (history_id, session_id, job_id, kind, settings, image_ids, created_at)
            select gen_random_uuid(), 's' || age, gen_random_uuid(), 'variation', '{}', '{}', now() - make_interval(days => age) from unnest(array[0, 40, 400]) age;
            insert into jobs (job_id, session_id, kind, status, max_attempts, request_id, payload, idempotency_key, created_at, finished_at, expires_at, callback_at)
            select gen_random_uuid(), session, 'variation', status, 3, 'r', '{}', key, now() - interval '2 hours', over, over + interval '1 hour', callback
            from (values ('over', 'succeeded', null, now() - interval '2 hours', null), ('fresh', 'failed', null, now(), null), ('open', 'queued', null, null, null),
              ('keyed', 'succeeded', 'k', now() - interval '2 hours', null), ('posting', 'succeeded', null, now() - interval '2 hours', now())) as j (session, status, key, over, callback);
            insert into job_events (job_id, job_version, type, data, session_id) select job_id, 1, 'queued', '{}', session_id from jobs;
            """);
        var expected = "250 pictures (250.0 MB), 1 jobs, 1 history rows, 250 rows of removed pictures";

        Assert.Contains("Would remove " + expected, await RunAsync(servers, "cleanup", "--dry-run"));
        Assert.Equal(500, await connection.ExecuteScalarAsync<int>("select count(*)::int from image_assets where data is not null"));
        Assert.Contains("Removed " + expected, await RunAsync(servers, "cleanup"));
        Assert.Contains("Removed 0 pictures (0.0 MB), 0 jobs, 0 history rows, 0 rows of removed pictures", await RunAsync(servers, "cleanup"));

        Assert.Equal(["s0", "s40"], await connection.QueryAsync<string>("select distinct session_id from image_assets order by 1"));
        Assert.Equal([("s0", true), ("s40", false)], await connection.QueryAsync<(string, bool)>("select distinct session_id, data is not null and expired_at is null from image_assets order by 1"));
        Assert.Equal(["s0", "s40"], await connection.QueryAsync<string>("select session_id from generation_history order by 1"));
        Assert.Equal(["fresh", "keyed", "open", "posting"], await connection.QueryAsync<string>("select session_id from jobs order by 1"));
        Assert.Equal(["fresh", "keyed", "open", "posting"], await connection.QueryAsync<string>("select session_id from job_events order by 1"));
    }

    [Fact]
    public async Task Cleanup_RowsThatSomebodyHolds_ArePassedOverAndTakenTheNextTime()
    {
        await using var servers = await OwnServers.CreateAsync();
        await using var holder = await servers.Database.OpenConnectionAsync();
        await holder.ExecuteAsync("""
            insert into image_assets (image_id, session_id, mime_type, width, height, bytes, sha256, data, created_at)
            select gen_random_uuid(), 's', 'image/png', 1, 1, 1, '\x00', '\x01', now() - interval '40 days' from generate_series(1, 3)
            """);
        await using (var transaction = await holder.BeginTransactionAsync())
        {
            await holder.ExecuteAsync("select from image_assets limit 1 for update", transaction: transaction);
            Assert.Contains("Removed 2 pictures", await RunAsync(servers, "cleanup"));
        }
        Assert.Contains("Removed 1 pictures", await RunAsync(servers, "cleanup"));
    }

    [Fact]
    public async Task Image_AfterItsTime_Is410AndItsHistoryRowStays()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        var job = await user.FinishAsync(await user.SubmitAsync("/api/variations", TestPictures.Png(64, 64)));
        await using var connection = await app.Database.OpenConnectionAsync();
        await connection.ExecuteAsync("update image_assets set created_at = now() - interval '40 days' where session_id = @SessionId", new { user.SessionId });
        await using var cleanup = ServiceProcess.StartWith("Ivg.Migrator", ["cleanup"], ("ConnectionStrings__ivgdb", app.DatabaseConnection));
        Assert.True(await cleanup.ExitAsync() == 0, cleanup.Output);

        var url = (string)job["result"]!["url"]!;
        foreach (var form in new[] { "", "?width=64", "?download=1" }) await IvgClient.AssertProblemAsync(await user.Http.GetAsync(url + form), 410, "image_expired");
        var row = Assert.Single((await user.GetJsonAsync("/api/history"))["items"]!.AsArray())!;
        Assert.Empty(row["images"]!.AsArray());
        Assert.Null(row["source"]);
        using var submit = await user.PostAsync("/api/variations", IvgClient.Form(null, ("image_id", url.Split('/')[^1])));
        await IvgClient.AssertProblemAsync(submit, 410, "image_expired");
        Assert.Equal(System.Net.HttpStatusCode.NoContent, (await user.Http.DeleteAsync(url)).StatusCode);
        await IvgClient.AssertProblemAsync(await user.Http.GetAsync(url), 404, "image_not_found");
    }

    [Theory]
    [InlineData("cleanup", "--everything")]
    [InlineData("tidy", null)]
    public async Task Verb_NotUnderstood_EndsWith2AndSaysWhatThereIs(string verb, string? argument)
    {
        var app = await SharedApplication.GetAsync();
        await using var migrator = ServiceProcess.StartWith("Ivg.Migrator", argument is null ? [verb] : [verb, argument], ("ConnectionStrings__ivgdb", app.DatabaseConnection));
        Assert.Equal(2, await migrator.ExitAsync());
        Assert.Contains(verb, migrator.Output);
    }

    [Fact]
    public async Task Settings_WithRowsThatGoBeforeTheirPictures_StopTheStart()
    {
        var app = await SharedApplication.GetAsync();
        await using var migrator = ServiceProcess.StartWith(
            "Ivg.Migrator", ["cleanup"], ("ConnectionStrings__ivgdb", app.DatabaseConnection), ("RETENTION_DAYS", "30"), ("HISTORY_RETENTION_DAYS", "7"));
        Assert.NotEqual(0, await migrator.ExitAsync());
        Assert.Contains("HISTORY_RETENTION_DAYS", migrator.Output);
    }

    private static async Task<string> RunAsync(OwnServers servers, params string[] arguments)
    {
        await using var migrator = ServiceProcess.StartWith("Ivg.Migrator", arguments, ("ConnectionStrings__ivgdb", servers.DatabaseConnection));
        Assert.True(await migrator.ExitAsync() == 0, migrator.Output);
        return migrator.Output;
    }
}
