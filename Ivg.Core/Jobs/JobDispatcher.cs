using Dapper;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Ivg.Core.Jobs;

/// <summary>From row to stream. May fail at any point: a row without an entry is found by the sweeper.</summary>
public sealed partial class JobDispatcher(NpgsqlDataSource database, JobStream stream, TimeProvider time, ILogger<JobDispatcher> logger)
{
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private List<(Guid JobId, long Fence, string StreamId)> _added = [];
    private bool _noting;

    /// <summary>Writes the stream entries of ready jobs within a short budget; their rows are told a moment later, many at once.</summary>
    public async Task TryDispatchAsync(IReadOnlyList<Job> jobs)
    {
        // In the synchronous mode rows are worked on where they were made.
        if (jobs.Count == 0 || !stream.IsConfigured) return;
        try
        {
            // Whoever submitted may be gone by now; the entry is still due, so no token of theirs is used.
            await Task.WhenAll(jobs.Select(AddAsync)).WaitAsync(Budget, time);
        }
        catch (Exception e) when (RedisFault.Is(e))
        {
            LogLeftToSweeper(logger, jobs.Count, e.GetType().Name);
        }
    }

    /// <summary>Writes the entries and tells the rows before it returns: for the sweeper, which must not find them again.</summary>
    internal async Task DispatchAsync(IReadOnlyList<Job> jobs, CancellationToken cancellationToken)
    {
        var adding = jobs.Select(job => (job, Entry: stream.AddAsync(job))).ToList();
        Task all = Task.WhenAll(adding.Select(one => one.Entry));
        await all.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // Those that were written are told also when others were not: untold, they would be written again each second.
        await NoteAsync([.. adding.Where(one => one.Entry.IsCompletedSuccessfully).Select(one => (one.job.JobId, one.job.Fence, one.Entry.Result))], cancellationToken);
        await all.WaitAsync(cancellationToken);
    }

    private async Task AddAsync(Job job)
    {
        var streamId = await stream.AddAsync(job);
        lock (_gate)
        {
            _added.Add((job.JobId, job.Fence, streamId));
            if (_noting) return;
            _noting = true;
        }
        // Nobody's request: its logs and spans must not bear the name of whoever came first.
        using (ExecutionContext.SuppressFlow()) _ = Task.Run(NoteAllAsync);
    }

    private async Task NoteAllAsync()
    {
        await Task.Delay(TimeSpan.FromMilliseconds(500), time);
        while (true)
        {
            List<(Guid, long, string)> batch;
            lock (_gate)
            {
                _noting = _added.Count > 0;
                if (!_noting) return;
                (batch, _added) = (_added, []);
            }
            try
            {
                await NoteAsync(batch, CancellationToken.None);
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException)
            {
                // The sweeper will add these once more, and the second entry of a claimed job is dropped on delivery.
                LogLeftToSweeper(logger, batch.Count, e.GetType().Name);
            }
        }
    }

    private async Task NoteAsync(List<(Guid JobId, long Fence, string StreamId)> added, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        // A row that somebody holds is being claimed or ended, which says more than the note: waiting for it could be crosswise.
        await connection.ExecuteAsync(new CommandDefinition("""
            with free as (
              select j.job_id, added.stream_id from unnest(@JobIds, @Fences, @StreamIds) as added (job_id, fence, stream_id)
              -- In a case for the look-up by id to come first: docs/decisions/0003.
              join jobs j on j.job_id = added.job_id and case j.fence when added.fence then j.status = 'queued' end
              for update of j skip locked
            )
            update jobs j set enqueued_at = now(), stream_id = free.stream_id from free where j.job_id = free.job_id
            """,
            new
            {
                JobIds = added.Select(one => one.JobId).ToArray(),
                Fences = added.Select(one => one.Fence).ToArray(),
                StreamIds = added.Select(one => one.StreamId).ToArray(),
            }, cancellationToken: cancellationToken));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} jobs are left to the sweeper: {Reason}")]
    private static partial void LogLeftToSweeper(ILogger logger, int count, string reason);
}
