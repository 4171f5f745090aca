using System.Globalization;
using System.Text.Json.Nodes;
using Dapper;
using Ivg.Tests.Application;
using Xunit.Abstractions;

namespace Ivg.Tests.Faults;

/// <summary>
/// Everything at once, at random, under load. <c>IVG_MIXTURE_SECONDS</c> says for how long; <c>IVG_MIXTURE_SEED</c> repeats a run's faults, though not their timing.
/// </summary>
[Collection("faults")]
public sealed class MixtureTest(FaultApplication faults, ITestOutputHelper output)
{
    private const int Users = 3;
    private static readonly TimeSpan Healing = TimeSpan.FromMinutes(3);

    private readonly IvgApplication _app = faults.App;

    [Fact]
    public async Task Any_faults_every_job_ends_and_the_books_balance()
    {
        var seed = Setting("IVG_MIXTURE_SEED") ?? Environment.TickCount;
        var random = new Random(seed);
        output.WriteLine($"IVG_MIXTURE_SEED={seed}");
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var happenings = new MixtureFaults(faults, what => output.WriteLine($"{clock.Elapsed.TotalSeconds,6:0.0} {what}"));
        var loads = Enumerable.Range(0, Users).Select(_ => new MixtureLoad(_app, _app.NewUser(), new Random(random.Next()))).ToList();
        var followers = loads.Select(load => new StreamFollower(load.User)).ToList();
        using var over = new CancellationTokenSource(TimeSpan.FromSeconds(Setting("IVG_MIXTURE_SECONDS") ?? 60));
        await Task.WhenAll([
            happenings.ProcessesAsync(new Random(random.Next()), over.Token), happenings.ServersAsync(new Random(random.Next()), over.Token),
            .. loads.Select(load => load.RunAsync(over.Token))]);

        _app.Database.Clear();
        foreach (var (load, follower) in loads.Zip(followers)) await AuditAsync(load, follower);
        await Books.QuietAsync(_app, Healing);
        output.WriteLine($"All over and quiet after {clock.Elapsed.TotalSeconds:0} s.");
    }

    private async Task AuditAsync(MixtureLoad load, StreamFollower follower)
    {
        using var user = load.User;
        await using var connection = await Until.TrueAsync(ConnectAsync, Healing, "Postgres");
        await Until.TrueAsync(async () => (await OpenAsync(connection, user)).Count == 0, Healing, "every job to end",
            async () => string.Join("\n", await OpenAsync(connection, user)));
        var stored = await connection.QueryAsync<Guid>("select job_id from jobs where session_id = @SessionId order by 1", new { user.SessionId });
        Assert.Equal(load.Accepted.Order(), stored.Order());
        await Until.TrueAsync(async () => (await user.Http.GetAsync("/api/health")).IsSuccessStatusCode, Healing, "the API");

        var done = new List<JsonObject>();
        foreach (var id in stored) done.Add(await user.GetJsonAsync($"/api/jobs/{id}"));
        var tally = done.CountBy(job => $"{job["status"]} {job["error"]?["code"]}, attempt {job["attempt"]}").OrderBy(one => one.Key);
        output.WriteLine($"{done.Count} jobs, {load.Refusals} refusals, {follower.Cuts} streams cut: {string.Join("; ", tally.Select(one => $"{one.Key}: {one.Value}"))}");
        Assert.All(done, job => Assert.True((string?)job["status"] == "succeeded" || (string?)job["error"]?["code"] == "worker_lost", job.ToJsonString()));
        await Books.BalanceAsync(_app, user, done);

        var events = (await connection.QueryAsync<long>("select event_id from job_events where session_id = @SessionId order by event_id", new { user.SessionId })).ToList();
        await Until.TrueAsync(() => Task.FromResult(follower.Seen.Count >= events.Count), IvgClient.Patience, "the stream to tell everything");
        await follower.DisposeAsync();
        Assert.Equal(events, follower.Seen);
    }

    private static async Task<List<string>> OpenAsync(Npgsql.NpgsqlConnection connection, IvgClient user) => [.. await connection.QueryAsync<string>(
        """
        select format('%s %s %s, attempt %s, crashes %s, due in %s, ready %s, enqueued %s as %s, lease of %s until %s, error %s', job_id, kind, status, attempt, crash_count,
          run_after - now(), ready_at, enqueued_at, stream_id, lease_owner, lease_until, error)
        from jobs where session_id = @SessionId and finished_at is null order by job_id
        """, new { user.SessionId })];

    private async Task<Npgsql.NpgsqlConnection?> ConnectAsync()
    {
        try
        {
            return await _app.Database.OpenConnectionAsync();
        }
        catch (Npgsql.NpgsqlException)
        {
            return null;
        }
    }

    private static int? Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? int.Parse(value, CultureInfo.InvariantCulture) : null;
}
