using Dapper;
using Microsoft.Extensions.Logging;
using Npgsql;
using StackExchange.Redis;

namespace Ivg.Core.Jobs;

/// <summary>From row to stream. May fail at any point: a row without an entry is found by the sweeper.</summary>
public sealed partial class JobDispatcher(NpgsqlDataSource database, JobStream stream, TimeProvider time, ILogger<JobDispatcher> logger)
{
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(250);

    /// <summary>Writes the stream entries of ready jobs within a short budget, and notes which were written.</summary>
    public async Task TryDispatchAsync(IReadOnlyList<Job> jobs)
    {
        if (jobs.Count == 0) return;
        try
        {
            using var budget = new CancellationTokenSource(Budget, time);
            // Whoever submitted may be gone by now; the entry is still due, so no token of theirs is used.
            await DispatchAsync(jobs, budget.Token);
        }
        catch (Exception e) when (e is RedisException or TimeoutException or OperationCanceledException or NpgsqlException)
        {
            LogLeftToSweeper(logger, jobs.Count, e.GetType().Name);
        }
    }

    internal async Task DispatchAsync(IReadOnlyList<Job> jobs, CancellationToken cancellationToken)
    {
        var streamIds = await Task.WhenAll(jobs.Select(stream.AddAsync)).WaitAsync(cancellationToken);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition("""
            update jobs j set enqueued_at = now(), stream_id = added.stream_id
            from unnest(@JobIds, @Fences, @StreamIds) as added (job_id, fence, stream_id)
            where j.job_id = added.job_id and j.status = 'queued' and j.fence = added.fence
            """,
            new
            {
                JobIds = jobs.Select(job => job.JobId).ToArray(),
                Fences = jobs.Select(job => job.Fence).ToArray(),
                StreamIds = streamIds,
            }, cancellationToken: cancellationToken));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} jobs are left to the sweeper: {Reason}")]
    private static partial void LogLeftToSweeper(ILogger logger, int count, string reason);
}
