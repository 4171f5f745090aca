using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Ivg.Core.Jobs;

/// <summary>Runs one attempt of a claimed job from its handler to its end, whatever that is.</summary>
public sealed partial class JobRunner(
    NpgsqlDataSource database, IEnumerable<IJobHandler> handlers, JobLeases leases, JobFinisher finisher, JobDispatcher dispatcher,
    JobNotifier notifier, IOptions<JobOptions> options, TimeProvider time, ILogger<JobRunner> logger)
{
    private readonly Dictionary<string, IJobHandler> _handlers = handlers.ToDictionary(handler => handler.Kind.Word());

    /// <summary>Returns when the job's row says how the attempt ended, or when the lease is somebody else's.</summary>
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
            return new AttemptResult(null, new JobError(JobErrorCodes.Internal, "Something went wrong on our side. Try again; if it stays, tell us the request id.", true), null);
        }
    }

    private async Task<Ended> EndAsync(JobLease lease, AttemptResult result)
    {
        var (job, none) = (lease.Job, new Ended(false, []));
        var ended = lease.Loss switch
        {
            LeaseLoss.Draining => await PersistAsync(token => finisher.HandBackAsync(job, token)),
            LeaseLoss.Fenced or LeaseLoss.Cancelled => none,
            _ when result.Output is { } output => await PersistAsync(token => finisher.SucceedAsync(job, output, token)),
            _ when result.Error is { Retryable: true } error && job.Attempt < job.MaxAttempts =>
                await PersistAsync(token => finisher.RetryAsync(job, error, Backoff.Delay(job.Attempt, options.Value.BackoffSeconds, result.RetryAfter), token)),
            _ => await PersistAsync(token => finisher.FailAsync(job, result.Error!, token)),
        };
        if (ended.Done)
        {
            if (lease.Loss == LeaseLoss.None) Count(job, result);
            return ended;
        }
        // Nothing was changed: either a cancel came first, or the job is somebody else's by now.
        var cancelled = await PersistAsync(token => finisher.CancelAsync(job, token));
        if (cancelled.Done) JobTelemetry.Finished(job, JobStatus.Cancelled, "cancelled");
        else
        {
            JobTelemetry.Fenced(job);
            LogFenced(logger, job.Fence);
        }
        return cancelled;
    }

    private static void Count(Job job, AttemptResult result)
    {
        if (result.Output is not null) JobTelemetry.Finished(job, JobStatus.Succeeded, "none");
        else if (result.Error is { } error && !(error.Retryable && job.Attempt < job.MaxAttempts)) JobTelemetry.Finished(job, JobStatus.Failed, error.Code);
    }

    // What was made is worth a wait: as long as the lease may still hold, a database that restarts gets another chance.
    private async Task<Ended> PersistAsync(Func<CancellationToken, Task<Ended>> statement)
    {
        using var limit = new CancellationTokenSource(options.Value.Lease, time);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await statement(limit.Token);
            }
            catch (NpgsqlException e) when (e.IsTransient || e.InnerException is IOException or System.Net.Sockets.SocketException)
            {
                LogDatabaseAway(logger, attempt, e.Message);
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(2000, 100 << Math.Min(attempt, 5))), time, limit.Token);
            }
        }
    }

    private sealed record AttemptResult(JobOutput? Output, JobError? Error, TimeSpan? RetryAfter);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Attempt {Attempt} of {MaxAttempts} failed: {Code}")]
    private static partial void LogAttemptFailed(ILogger logger, int attempt, int maxAttempts, string code, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The result of fence {Fence} is thrown away: somebody else holds the job")]
    private static partial void LogFenced(ILogger logger, long fence);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Postgres is away (attempt {Attempt}): {Reason}")]
    private static partial void LogDatabaseAway(ILogger logger, int attempt, string reason);
}
