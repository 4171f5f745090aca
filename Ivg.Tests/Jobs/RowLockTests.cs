using Dapper;
using Ivg.Core.Data;
using Ivg.Core.Jobs;
using Ivg.Tests.Application;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using StackExchange.Redis;

namespace Ivg.Tests.Jobs;

/// <summary>Statements over many rows meet each other on the same rows; none may hold what the other waits for.</summary>
public sealed class RowLockTests
{
    [Fact]
    public async Task Note_of_rows_that_somebody_holds_waits_for_nobody()
    {
        var (app, connection, jobs) = await JobsAsync(4);
        await using var _ = connection;
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("select from jobs where job_id = @Held for update", new { Held = jobs[2].JobId }, transaction);
        // A database of Redis that no worker reads.
        await using var redis = await ConnectionMultiplexer.ConnectAsync(app.RedisConnection + ",defaultDatabase=15");
        var dispatcher = new JobDispatcher(app.Database, new JobStream(redis), TimeProvider.System, NullLogger<JobDispatcher>.Instance);
        await dispatcher.DispatchAsync(jobs, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20));

        var noted = await connection.QueryAsync<Guid>("select job_id from jobs where job_id = any(@Ids) and stream_id is not null order by job_id", new { Ids = Ids(jobs) }, transaction);
        Assert.Equal(Ids(jobs).Where(id => id != jobs[2].JobId), noted);
        await transaction.RollbackAsync();
        await ForgetAsync(connection, jobs);
    }

    [Fact]
    public async Task Heartbeat_locks_its_rows_in_the_order_of_their_ids()
    {
        var (app, connection, jobs) = await JobsAsync(12);
        await using var _ = connection;
        var leases = new JobLeases(app.Database, Options.Create(new JobOptions()), TimeProvider.System, NullLogger<JobLeases>.Instance);
        foreach (var job in jobs.Reverse()) Assert.NotNull(await leases.ClaimAsync(job.JobId, streamId: null));
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("select from jobs where job_id = @Last for update", new { Last = jobs[^1].JobId }, transaction);
        await using var beating = await app.Database.OpenConnectionAsync();
        var beat = Task.Run(() => leases.Beat(beating));

        await using var other = await app.Database.OpenConnectionAsync();
        await Until.TrueAsync(async () => !(await other.QueryAsync<Guid>(
            "select job_id from jobs where job_id = any(@Ids) for update skip locked", new { Ids = Ids(jobs) })).Any(), TimeSpan.FromSeconds(20), "the beat to hold all but the last row");
        Assert.False(beat.IsCompleted);
        await transaction.RollbackAsync();
        await beat;
        await ForgetAsync(connection, jobs);
    }

    private static Guid[] Ids(IEnumerable<Job> jobs) => [.. jobs.Select(job => job.JobId)];

    // Not ready, so that nobody but the test runs them.
    private static async Task<(IvgApplication App, NpgsqlConnection Connection, Job[] Jobs)> JobsAsync(int count)
    {
        DapperConventions.Apply();
        var app = await SharedApplication.GetAsync();
        var session = $"test:{Guid.NewGuid():N}";
        var connection = await app.Database.OpenConnectionAsync();
        var jobs = await connection.QueryAsync<Job>($"""
            insert into jobs as j (job_id, session_id, kind, max_attempts, request_id, payload)
            select id, @session, 'variation', 1, 'test', '{"{}"}' from unnest(@Ids) id returning {JobColumns.All}
            """, new { session, Ids = Enumerable.Range(0, count).Select(_ => Guid.NewGuid()).ToArray() });
        return (app, connection, [.. jobs.OrderBy(job => job.JobId)]);
    }

    private static Task<int> ForgetAsync(NpgsqlConnection connection, Job[] jobs) => connection.ExecuteAsync(
        "delete from job_events where job_id = any(@Ids); delete from jobs where job_id = any(@Ids)", new { Ids = Ids(jobs) });
}
