using System.Diagnostics;
using System.Text.Json;
using Dapper;
using Ivg.Core.Images;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Ivg.Core.Jobs;

/// <summary>Makes jobs: admission, idempotency, the upload, the row and its first event in one transaction, then the stream entry.</summary>
public sealed class JobSubmitter(NpgsqlDataSource database, JobDispatcher dispatcher, IOptions<JobOptions> options, TimeProvider time)
{
    // One lock a session makes admission, the ready window and idempotency free of races; sessions never wait for each other.
    // All statements travel together and are one transaction by themselves.
    private const string Submit = $"""
        select pg_advisory_xact_lock(hashtextextended(@SessionId, 0));
        update jobs set idempotency_key = null
        where session_id = @SessionId and idempotency_key = @IdempotencyKey and created_at < now() - interval '24 hours';
        with load as (
          select
            (select count(*)::int from jobs where session_id = @SessionId and status = 'queued') as waiting,
            (select count(*)::int from jobs where session_id = @SessionId and kind = @Kind
               and status in ('queued', 'running') and (status = 'running' or ready_at is not null)) as in_window,
            first.job_id as first_job_id, first.request_hash as first_hash
          from (values (1)) one left join jobs first on first.session_id = @SessionId and first.idempotency_key = @IdempotencyKey
        ), admitted as (
          select * from load where first_job_id is null and waiting < @MaxQueued
        ), a as (
          insert into image_assets (image_id, session_id, mime_type, width, height, bytes, sha256, data, created_at)
          select @ImageId, @SessionId, @MimeType, @Width, @Height, length(@Data), @Sha256, @Data, now() from admitted where @ImageId is not null
        ), j as (
          insert into jobs (job_id, session_id, tenant_id, kind, max_attempts, request_id, trace_parent, idempotency_key, request_hash, payload,
            callback_url, callback_at, ready_at)
          select @JobId, @SessionId, @TenantId, @Kind, @MaxAttempts, @RequestId, @TraceParent, @IdempotencyKey, @RequestHash, @Payload::jsonb,
            @CallbackUrl, case when @CallbackUrl::text is not null then now() end, case when in_window < @Window then now() end
          from admitted
          returning *, job_event_data(jobs) as event
        ), e as (
          insert into job_events (job_id, job_version, type, data) select job_id, version, 'queued', event from j
        )
        select * from load;
        select {JobColumns.All} from jobs j where job_id = @JobId;
        """;

    private readonly JobOptions _options = options.Value;

    /// <summary>Submits; the job is safe when this returns, whether or not Redis could be told.</summary>
    public async Task<SubmitResult> SubmitAsync(JobSubmission submission, CancellationToken cancellationToken)
    {
        var result = await InsertAsync(submission, cancellationToken);
        if (result is { Outcome: SubmitOutcome.Created, Job: { ReadyAt: not null } job } && _options.AsyncTasksEnabled)
            await dispatcher.TryDispatchAsync([job]);
        return result;
    }

    private async Task<SubmitResult> InsertAsync(JobSubmission submission, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var (load, job) = await SubmitAsync(connection, submission, cancellationToken);
        if (job is not null) return new(SubmitOutcome.Created, job, load.Waiting + 1);
        if (load.FirstJobId is not { } first) return new(SubmitOutcome.QueueFull, null, load.Waiting);
        if (load.FirstHash?.AsSpan().SequenceEqual(submission.RequestHash) != true) return new(SubmitOutcome.Mismatch, null, load.Waiting);
        return new(SubmitOutcome.Repeated, await JobQueries.FindAsync(connection, submission.SessionId, first, cancellationToken), load.Waiting);
    }

    private async Task<(SessionLoad Load, Job? Job)> SubmitAsync(NpgsqlConnection connection, JobSubmission submission, CancellationToken cancellationToken)
    {
        var upload = submission.Upload;
        await using var results = await connection.QueryMultipleAsync(new CommandDefinition(Submit, new
        {
            JobId = Guid.CreateVersion7(time.GetUtcNow()),
            submission.SessionId,
            submission.TenantId,
            Kind = submission.Kind.Word(),
            _options.MaxAttempts,
            submission.RequestId,
            TraceParent = Activity.Current?.Id,
            submission.IdempotencyKey,
            submission.RequestHash,
            submission.CallbackUrl,
            Payload = JsonSerializer.Serialize(submission.Payload, IvgJson.Options),
            MaxQueued = _options.MaxQueuedPerUser,
            Window = _options.MaxConcurrentPerUser,
            upload?.ImageId,
            MimeType = upload?.Info.Format.MediaType(),
            upload?.Info.Width,
            upload?.Info.Height,
            upload?.Sha256,
            Data = upload?.Bytes,
        }, cancellationToken: cancellationToken));
        await results.ReadAsync();
        return (await results.ReadSingleAsync<SessionLoad>(), await results.ReadSingleOrDefaultAsync<Job>());
    }

    private sealed record SessionLoad
    {
        public int Waiting { get; init; }
        public Guid? FirstJobId { get; init; }
        public byte[]? FirstHash { get; init; }
    }
}
