using Dapper;
using Ivg.Core.Data;
using Ivg.Core.Jobs;
using Ivg.Tests.Application;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Ivg.Tests.Streams;

/// <summary>The locks that order events are many sessions' in one claim.</summary>
public sealed class EventLockTests
{
    [Fact]
    public async Task Batches_over_the_same_sessions_claim_without_deadlock()
    {
        const int sessions = 12, each = 40, claimers = 6;
        DapperConventions.Apply();
        var app = await SharedApplication.GetAsync();
        var prefix = $"test:{Guid.NewGuid():N}";
        await using var connection = await app.Database.OpenConnectionAsync();
        var jobs = Enumerable.Range(0, sessions * each).Select(_ => Guid.CreateVersion7()).ToArray();
        // Not ready, so that nobody but this test claims them.
        await connection.ExecuteAsync("""
            insert into jobs (job_id, session_id, kind, max_attempts, request_id, payload)
            select id, @prefix || (n % @sessions), 'variation', 1, 'test', '{}' from unnest(@jobs) with ordinality as one (id, n)
            """, new { prefix, sessions, jobs });
        var shuffled = jobs.OrderBy(_ => Guid.NewGuid()).ToArray();
        var leases = await Task.WhenAll(shuffled.Chunk(jobs.Length / claimers).Select(mine => ClaimAsync(app, mine)));

        Assert.Equal(jobs.Length, leases.Sum());
        await connection.ExecuteAsync("delete from job_events where session_id like @prefix || '%'; delete from jobs where session_id like @prefix || '%'", new { prefix });
    }

    private static async Task<int> ClaimAsync(IvgApplication app, Guid[] mine)
    {
        var leases = new JobLeases(app.Database, Options.Create(new JobOptions()), TimeProvider.System, NullLogger<JobLeases>.Instance);
        // All at once, so that they are claimed in batches.
        return (await Task.WhenAll(mine.Select(jobId => leases.ClaimAsync(jobId, streamId: null)))).Count(lease => lease is not null);
    }
}
