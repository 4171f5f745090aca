using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Ivg.Core.Jobs;

/// <summary>Runs one attempt of a claimed job from its handler to its end, whatever that is.</summary>
public sealed partial class JobRunner(
    NpgsqlDataSource database, IEnumerable<IJobHandler> handlers, JobLeases leases, JobFinisher finisher, JobQueries queries, JobDispatcher dispatcher,
    JobNotifier notifier, IOptions<JobOptions> options, TimeProvider time, ILogger<JobRunner> logger)
{
    private static readonly TimeSpan LongestOutage = TimeSpan.FromMinutes(5);

    private static readonly JobError Internal = new(JobErrorCodes.Internal, "Something went wrong on our side. Try again; if it stays, tell us the request id.", true);

    private readonly Dictionary<string, IJobHandler> _handlers = handlers.ToDictionary(handler => handler.Kind.Word());

    /// <summary>Returns when the job's row says how the attempt ended, or when the lease is somebody else's.</summary>
    /// <exception cref="TimeoutException">Postgres was away for minutes; the row's lease runs out by itself.</exception>
    public async Task RunAsync(JobLease lease)
    {
        using var scope = JobScope.Begin(logger, lease.Job);
        await RunAsync(lease, scope);
    }

    /// <summary>The same in a scope that was begun when the job was delivered.</summary>
    internal async Task RunAsync(JobLease lease, JobScope scope)
    {
        var job = lease.Job;
        scope.Claimed(job.Attempt);
        JobTelemetry.Claimed(job);
        notifier.Changed(job);
        var started = time.GetTimestamp();
        try
        {
            var ended = await EndAsync(lease, await AttemptAsync(lease));
            JobTelemetry.Ran(job, time.GetElapsedTime(started));
            notifier.Changed(job);
            await dispatcher.TryDispatchAsync(ended.Ready);
        }
        finally
        {
            leases.Release(lease);
            lease.Dispose();
        }
    }

    private async Task<AttemptResult> AttemptAsync(JobLease lease)
    {
        var job = lease.Job;
        try
        {
            await using var progress = new JobProgress(database, notifier, job);
            using var payload = JsonDocument.Parse(job.Payload);
            var context = new JobContext(job.JobId, job.SessionId, job.RequestId, job.Attempt, payload.RootElement.Clone(), progress.ReportAsync);
            var work = Task.Run(() => _handlers[job.Kind].HandleAsync(context, lease.Lost), CancellationToken.None);
            // A handler deep in native code may be slow to stop; the row is settled without waiting for it.
            _ = work.ContinueWith(late => _ = late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            return new AttemptResult(await work.WaitAsync(lease.Lost), null, null);
        }
        catch (OperationCanceledException) when (lease.Lost.IsCancellationRequested)
        {
            return new AttemptResult(null, null, null);
        }
        catch (JobFailedException e)
        {
            LogAttemptFailed(logger, job.Attempt, job.MaxAttempts, e.Error.Code, e);
            return new AttemptResult(null, e.Error, e.RetryAfter);
        }
#pragma warning disable CA1031 // Do not catch general exception types: a job must end, whatever its handler throws.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogAttemptFailed(logger, job.Attempt, job.MaxAttempts, JobErrorCodes.Internal, e);
            return new AttemptResult(null, Internal, null);
        }
    }

    private async Task<Ended> EndAsync(JobLease lease, AttemptResult result)
    {
        // Read once: a beat between the commit and the next line finds nothing to renew any more.
        var (job, loss) = (lease.Job, lease.Loss);
        var ended = new Ended(false, []);
        try
        {
            if (loss is LeaseLoss.None or LeaseLoss.Draining) ended = await WriteEndAsync(job, loss, result);
        }
        catch (PostgresException e) when (result.Output is not null)
        {
            // What the database will not take is not made, and paid for, once more in vain.
            LogRefused(logger, e);
            result = new AttemptResult(null, Internal, null);
            ended = await PersistAsync(token => finisher.FailAsync(job, Internal, token));
        }
        if (ended.Done)
        {
            if (loss == LeaseLoss.None) Count(job, result);
            return ended;
        }
        // Nothing was changed: either a cancel came first, or the job is somebody else's by now.
        var cancelled = await PersistAsync(token => finisher.CancelAsync(job, token));
        var row = cancelled.Done ? null : await queries.FindAsync(job.SessionId, job.JobId, CancellationToken.None);
        // Without a row its session has erased it, which is a cancel too.
        if (row is null) JobTelemetry.Finished(job, JobStatus.Cancelled, "cancelled");
        else if (loss == LeaseLoss.None && row.IsFinal && row.Fence == job.Fence)
        {
            // Or it was changed by us, and the answer was lost on the way.
            Count(job, result);
        }
        else
        {
            JobTelemetry.Fenced(job);
            LogFenced(logger, job.Fence);
        }
        return cancelled;
    }

    private Task<Ended> WriteEndAsync(Job job, LeaseLoss loss, AttemptResult result) => PersistAsync(token => result switch
    {
        _ when loss == LeaseLoss.Draining => finisher.HandBackAsync(job, token),
        { Output: { } output } => finisher.SucceedAsync(job, output, token),
        { Error: { IsTriedAgain: true } error } when job.Attempt < job.MaxAttempts =>
            finisher.RetryAsync(job, error, Backoff.Delay(job.Attempt, options.Value.BackoffSeconds, result.RetryAfter), token),
        _ => finisher.FailAsync(job, result.Error!, token),
    });

    private static void Count(Job job, AttemptResult result)
    {
        if (result.Output is not null) JobTelemetry.Finished(job, JobStatus.Succeeded, "none");
        else if (result.Error is { } error && !(error.IsTriedAgain && job.Attempt < job.MaxAttempts)) JobTelemetry.Finished(job, JobStatus.Failed, error.Code);
    }

    // What was made is worth a wait: the fence protects the row, and a lease that nobody could renew is not taken away at once.
    private async Task<Ended> PersistAsync(Func<CancellationToken, Task<Ended>> statement)
    {
        using var limit = new CancellationTokenSource(LongestOutage, time);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await statement(limit.Token);
            }
            catch (NpgsqlException e) when (IsPassing(e))
            {
                LogDatabaseAway(logger, attempt, e.Message);
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(2000, 100 << Math.Min(attempt, 5))), time, limit.Token);
            }
            catch (OperationCanceledException e) when (limit.IsCancellationRequested)
            {
                throw new TimeoutException($"Postgres was away for {LongestOutage.TotalMinutes:0} minutes.", e);
            }
        }
    }

    // A primary that has just become a standby refuses to write; the connection after this one leads to the new primary.
    private static bool IsPassing(NpgsqlException e) =>
        e.IsTransient || e.SqlState == PostgresErrorCodes.ReadOnlySqlTransaction || e.InnerException is IOException or System.Net.Sockets.SocketException;

    private sealed record AttemptResult(JobOutput? Output, JobError? Error, TimeSpan? RetryAfter);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Attempt {Attempt} of {MaxAttempts} failed: {Code}")]
    private static partial void LogAttemptFailed(ILogger logger, int attempt, int maxAttempts, string code, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Postgres refuses the job's result, so it fails")]
    private static partial void LogRefused(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The result of fence {Fence} is thrown away: somebody else holds the job")]
    private static partial void LogFenced(ILogger logger, long fence);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Postgres is away (attempt {Attempt}): {Reason}")]
    private static partial void LogDatabaseAway(ILogger logger, int attempt, string reason);
}
