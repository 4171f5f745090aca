using Dapper;
using Npgsql;

namespace Ivg.Core.Jobs;

/// <summary>Writes an attempt's progress apart from the work: the latest figure wins, and a slow database never holds a handler up.</summary>
internal sealed class JobProgress(NpgsqlDataSource database, JobNotifier notifier, Job job) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private (string Stage, int Progress)? _next;
    private (string? Stage, int Progress) _told;
    private bool _isWriting;
    private Task _writing = Task.CompletedTask;

    public Task ReportAsync(string stage, int progress, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var next = (stage, Math.Max(_told.Progress, Math.Clamp(progress, 0, 100)));
            if (next == _told) return Task.CompletedTask;
            (_told, _next) = (next, next);
            if (_isWriting) return Task.CompletedTask;
            _isWriting = true;
            _writing = WriteAsync(cancellationToken);
        }
        return Task.CompletedTask;
    }

    /// <summary>Waits for the last write, so that none comes after the job's end.</summary>
    public async ValueTask DisposeAsync()
    {
        Task writing;
        lock (_gate)
        {
            _next = null;
            writing = _writing;
        }
        await writing;
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        try
        {
            while (Take() is { } next)
            {
                await using var connection = await database.OpenConnectionAsync(cancellationToken);
                await connection.ExecuteAsync(new CommandDefinition("""
                    with j as (
                      update jobs set stage = @Stage, progress = greatest(progress, @Progress), version = version + 1
                      where job_id = @JobId and fence = @Fence and status = 'running' returning *, job_event_data(jobs) as event
                    )
                    insert into job_events (job_id, job_version, type, data, session_id) select job_id, version, 'progress', event, session_id from j
                    """, new { next.Stage, next.Progress, job.JobId, job.Fence }, cancellationToken: cancellationToken));
                notifier.Changed(job);
            }
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or OperationCanceledException)
        {
            // Progress is comfort: the next report or the end of the job tells more.
            lock (_gate) _isWriting = false;
        }
    }

    private (string Stage, int Progress)? Take()
    {
        lock (_gate)
        {
            var next = _next;
            _next = null;
            _isWriting = next is not null;
            return next;
        }
    }
}
