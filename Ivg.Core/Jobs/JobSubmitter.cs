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
    private readonly JobOptions _options = options.Value;

    /// <summary>Submits; the job is safe when this returns, whether or not Redis could be told.</summary>
    public async Task<SubmitResult> SubmitAsync(JobSubmission submission, CancellationToken cancellationToken)
    {
        SubmitResult result;
        await using (var connection = await database.OpenConnectionAsync(cancellationToken))
        await using (var transaction = await connection.BeginTransactionAsync(cancellationToken))
        {
            result = await InsertAsync(connection, submission, cancellationToken);
            if (result.Outcome == SubmitOutcome.Created) await transaction.CommitAsync(cancellationToken);
        }
        if (result is { Outcome: SubmitOutcome.Created, Job: { ReadyAt: not null } job } && _options.AsyncTasksEnabled)
            await dispatcher.TryDispatchAsync([job]);
        return result;
    }

    private async Task<SubmitResult> InsertAsync(NpgsqlConnection connection, JobSubmission submission, CancellationToken cancellationToken)
    {
        var load = await LockSessionAsync(connection, submission, cancellationToken);
        if (load.FirstJobId is { } first)
        {
            if (load.FirstHash?.AsSpan().SequenceEqual(submission.RequestHash) != true) return new(SubmitOutcome.Mismatch, null, load.Waiting);
            var job = await connection.QuerySingleAsync<Job>(new CommandDefinition(
                $"select {JobColumns.All} from jobs j where job_id = @first", new { first }, cancellationToken: cancellationToken));
            return new(SubmitOutcome.Repeated, job, load.Waiting);
        }
        if (load.Waiting >= _options.MaxQueuedPerUser) return new(SubmitOutcome.QueueFull, null, load.Waiting);
        if (submission.Upload is { } upload) await StoreAsync(connection, submission.SessionId, upload, cancellationToken);
        var created = await connection.QuerySingleAsync<Job>(new CommandDefinition($"""
            with j as (
              insert into jobs (job_id, session_id, tenant_id, kind, max_attempts, request_id, trace_parent, idempotency_key, request_hash, payload, callback_url, callback_at, ready_at)
              values (@JobId, @SessionId, @TenantId, @Kind, @MaxAttempts, @RequestId, @TraceParent, @IdempotencyKey, @RequestHash, @Payload::jsonb,
                      @CallbackUrl, case when @CallbackUrl::text is not null then now() end,
                      case when @Ready then now() end)
              returning *, job_event_data(jobs) as event
            ), e as (
              insert into job_events (job_id, job_version, type, data) select job_id, version, 'queued', event from j
            )
            select {JobColumns.All} from j
            """,
            new
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
                Ready = load.InWindow < _options.MaxConcurrentPerUser,
            }, cancellationToken: cancellationToken));
        return new(SubmitOutcome.Created, created, load.Waiting + 1);
    }

    // One lock a session makes admission, the ready window and idempotency free of races; sessions never wait for each other.
    private static async Task<SessionLoad> LockSessionAsync(NpgsqlConnection connection, JobSubmission submission, CancellationToken cancellationToken)
    {
        var parameters = new { submission.SessionId, Kind = submission.Kind.Word(), Key = submission.IdempotencyKey };
        await connection.ExecuteAsync(new CommandDefinition("""
            select pg_advisory_xact_lock(hashtextextended(@SessionId, 0));
            update jobs set idempotency_key = null where session_id = @SessionId and idempotency_key = @Key and created_at < now() - interval '24 hours';
            """, parameters, cancellationToken: cancellationToken));
        return await connection.QuerySingleAsync<SessionLoad>(new CommandDefinition("""
            select
              (select count(*)::int from jobs where session_id = @SessionId and status = 'queued') as waiting,
              (select count(*)::int from jobs where session_id = @SessionId and kind = @Kind
                 and (status = 'running' or (status = 'queued' and ready_at is not null))) as in_window,
              first.job_id as first_job_id, first.request_hash as first_hash
            from (values (1)) one left join jobs first on first.session_id = @SessionId and first.idempotency_key = @Key
            """, parameters, cancellationToken: cancellationToken));
    }

    private Task StoreAsync(NpgsqlConnection connection, string sessionId, SourceUpload upload, CancellationToken cancellationToken) =>
        AssetStore.InsertAsync(connection, new Asset
        {
            ImageId = upload.ImageId,
            SessionId = sessionId,
            MimeType = upload.Info.Format.MediaType(),
            Width = upload.Info.Width,
            Height = upload.Info.Height,
            Bytes = upload.Bytes.Length,
            Sha256 = upload.Sha256,
            CreatedAt = time.GetUtcNow(),
        }, upload.Bytes, jobId: null, index: null, cancellationToken);

    private sealed record SessionLoad
    {
        public int Waiting { get; init; }
        public int InWindow { get; init; }
        public Guid? FirstJobId { get; init; }
        public byte[]? FirstHash { get; init; }
    }
}
