using System.Diagnostics;
using System.Text.Json;
using Dapper;
using Ivg.Core.Images;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Ivg.Core.Jobs;

/// <summary>Makes jobs: admission, idempotency, the upload, the row and its first event in one transaction, then the stream entry.</summary>
public sealed class JobSubmitter
{
    // One lock a session makes admission, the ready window and idempotency free of races; sessions never wait for each other, unless
    // their tenant is limited: then its lock follows theirs. All statements travel together and are one transaction by themselves.
    private const string Lock = """
        select count(pg_advisory_xact_lock(hashtextextended(name, key))) from unnest(@LockNames, @LockKeys) as l (name, key);

        """;

    private const string ForgetOldKeys = """
        update jobs set idempotency_key = null from unnest(@SessionIds, @IdempotencyKeys) as s (session_id, idempotency_key)
        where jobs.session_id = s.session_id and jobs.idempotency_key = s.idempotency_key and jobs.created_at < now() - interval '24 hours';

        """;

    private const string Insert = $"""
        with s as (
          select * from unnest(@JobIds, @SessionIds, @TenantIds, @Kinds, @RequestIds, @TraceParents, @IdempotencyKeys, @RequestHashes, @Payloads, @CallbackUrls)
            as s (job_id, session_id, tenant_id, kind, request_id, trace_parent, idempotency_key, request_hash, payload, callback_url)
        ), load as (
          select s.*, first.job_id as first_job_id, first.request_hash as first_hash,
            open.waiting, open.in_window, tenant.waiting as tenant_waiting
          from s left join lateral (
            select o.job_id, o.request_hash from jobs o where o.session_id = s.session_id and o.idempotency_key = s.idempotency_key) first on true
          cross join lateral (
            select count(*) filter (where o.status = 'queued')::int as waiting,
              count(*) filter (where o.kind = s.kind and o.ready_at is not null)::int as in_window
            from jobs o where o.session_id = s.session_id and o.finished_at is null) open
          cross join lateral (
            select count(*)::int as waiting
            from (select from jobs o where o.tenant_id = s.tenant_id and o.status = 'queued' and o.finished_at is null limit @MaxQueuedPerTenant) queued) tenant
        ), admitted as (
          -- Of one tenant there may be several in a batch.
          select * from (
            select *, row_number() over (partition by tenant_id order by job_id) as place from load where first_job_id is null and waiting < @MaxQueued) turn
          where @MaxQueuedPerTenant = 0 or tenant_id is null or tenant_waiting + place <= @MaxQueuedPerTenant
        ), j as (
          insert into jobs (job_id, session_id, tenant_id, kind, max_attempts, request_id, trace_parent, idempotency_key, request_hash, payload,
            callback_url, callback_at, ready_at)
          select job_id, session_id, tenant_id, kind, @MaxAttempts, request_id, trace_parent, idempotency_key, request_hash, payload::jsonb,
            callback_url, case when callback_url is not null then now() end, case when in_window < @Window then now() end
          from admitted
          returning *, job_event_data(jobs) as event
        ), e as (
          -- In order: events of several sessions take their sessions' locks, and two batches must not take them crosswise.
          insert into job_events (job_id, job_version, type, data, session_id)
          select job_id, version, 'queued', event, session_id from j order by session_id
        )
        select load.job_id as asked_job_id, load.waiting, load.tenant_waiting, load.first_job_id, load.first_hash, {JobColumns.All} from load left join j on j.job_id = load.job_id
        """;

    private readonly NpgsqlDataSource _database;
    private readonly JobDispatcher _dispatcher;
    private readonly JobOptions _options;
    private readonly TimeProvider _time;
    private readonly Batcher<(Guid JobId, JobSubmission Submission, string? TraceParent), (Job? Job, SessionLoad Load)> _batcher;

    /// <summary>For one process: what is submitted at the same time is written together.</summary>
    public JobSubmitter(NpgsqlDataSource database, JobDispatcher dispatcher, IOptions<JobOptions> options, TimeProvider time)
    {
        (_database, _dispatcher, _options, _time) = (database, dispatcher, options.Value, time);
        _batcher = new(one => one.Submission.SessionId, InsertAsync);
    }

    /// <summary>
    /// What the first submit of a key made of it; null when there was none within 24 hours. To be asked before the submit is looked at:
    /// what the first one named, its picture or its style, may be gone by now.
    /// </summary>
    public async Task<SubmitResult?> FindRepeatAsync(string sessionId, string key, byte[] requestHash, CancellationToken cancellationToken)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellationToken);
        var first = await connection.QuerySingleOrDefaultAsync<SessionLoad>(new CommandDefinition("""
            select job_id as first_job_id, request_hash as first_hash from jobs
            where session_id = @sessionId and idempotency_key = @key and created_at >= now() - interval '24 hours'
            """, new { sessionId, key }, cancellationToken: cancellationToken));
        return first?.FirstJobId is { } jobId ? await RepeatAsync(connection, sessionId, jobId, first, requestHash, cancellationToken) : null;
    }

    /// <summary>Submits; the job is safe when this returns, whether or not Redis could be told.</summary>
    public async Task<SubmitResult> SubmitAsync(JobSubmission submission, CancellationToken cancellationToken)
    {
        var (job, load) = await _batcher.RunAsync(
            (Guid.CreateVersion7(_time.GetUtcNow()), submission, Activity.Current?.Id), submission.Upload?.Bytes.Length ?? 0, cancellationToken);
        if (job is not null)
        {
            if (job.ReadyAt is not null) await _dispatcher.TryDispatchAsync([job]);
            return new(SubmitOutcome.Created, job, load.Waiting + 1);
        }
        if (load.FirstJobId is not { } first)
            return load.Waiting >= _options.MaxQueuedPerUser ? new(SubmitOutcome.QueueFull, null, load.Waiting) : new(SubmitOutcome.TenantFull, null, load.TenantWaiting);
        await using var connection = await _database.OpenConnectionAsync(cancellationToken);
        return await RepeatAsync(connection, submission.SessionId, first, load, submission.RequestHash, cancellationToken);
    }

    private static async Task<SubmitResult> RepeatAsync(
        NpgsqlConnection connection, string sessionId, Guid first, SessionLoad load, byte[]? requestHash, CancellationToken cancellationToken) =>
        load.FirstHash?.AsSpan().SequenceEqual(requestHash) == true
            ? new(SubmitOutcome.Repeated, await JobQueries.FindAsync(connection, sessionId, first, cancellationToken), load.Waiting)
            : new(SubmitOutcome.Mismatch, null, load.Waiting);

    private async Task<IReadOnlyList<(Job? Job, SessionLoad Load)>> InsertAsync(IReadOnlyList<(Guid JobId, JobSubmission Submission, string? TraceParent)> batch)
    {
        var submissions = batch.Select(one => one.Submission).ToList();
        var sessions = submissions.Select(one => one.SessionId).Order(StringComparer.Ordinal).ToList();
        var tenants = _options.MaxQueuedPerTenant == 0 ? [] : submissions.Select(one => one.TenantId).OfType<string>().Distinct().Order(StringComparer.Ordinal).ToList();
        var parameters = new DynamicParameters(new
        {
            LockNames = sessions.Concat(tenants).ToArray(),
            LockKeys = Enumerable.Repeat(0L, sessions.Count).Concat(Enumerable.Repeat(2L, tenants.Count)).ToArray(),
            JobIds = batch.Select(one => one.JobId).ToArray(),
            SessionIds = submissions.Select(one => one.SessionId).ToArray(),
            TenantIds = submissions.Select(one => one.TenantId).ToArray(),
            Kinds = submissions.Select(one => one.Kind.Word()).ToArray(),
            RequestIds = submissions.Select(one => one.RequestId).ToArray(),
            TraceParents = batch.Select(one => one.TraceParent).ToArray(),
            IdempotencyKeys = submissions.Select(one => one.IdempotencyKey).ToArray(),
            RequestHashes = submissions.Select(one => one.RequestHash).ToArray(),
            Payloads = submissions.Select(one => JsonSerializer.Serialize(one.Payload, IvgJson.Options)).ToArray(),
            CallbackUrls = submissions.Select(one => one.CallbackUrl).ToArray(),
            _options.MaxAttempts,
            MaxQueued = _options.MaxQueuedPerUser,
            _options.MaxQueuedPerTenant,
            Window = _options.MaxConcurrentPerUser,
        });
        var uploads = new AssetInsert(parameters);
        foreach (var (jobId, submission, _) in batch)
        {
            // A job that was not admitted has no row.
            if (submission.Upload is { } upload)
                uploads.Add((upload.ImageId, upload.Info.Format.MediaType(), upload.Info.Width, upload.Info.Height, upload.Sha256, upload.Bytes), jobId, null, "null from jobs where job_id = @Owner");
        }
        await using var connection = await _database.OpenConnectionAsync();
        await using var reader = await connection.ExecuteReaderAsync(
            (submissions.Exists(one => one.IdempotencyKey is not null) ? Lock + ForgetOldKeys + Insert : Lock + Insert) + uploads.Sql, parameters);
        await reader.NextResultAsync();
        var answers = new Dictionary<Guid, (Job? Job, SessionLoad Load)>();
        var (loadOf, jobOf) = (reader.GetRowParser<SessionLoad>(length: SessionLoad.Columns), reader.GetRowParser<Job?>(startIndex: SessionLoad.Columns, returnNullIfFirstMissing: true));
        while (await reader.ReadAsync())
        {
            var load = loadOf(reader);
            answers.Add(load.AskedJobId, (jobOf(reader), load));
        }
        // The uploads' statements answer nothing, but may fail.
        while (await reader.NextResultAsync()) { }
        return [.. batch.Select(one => answers[one.JobId])];
    }

    private sealed record SessionLoad
    {
        public const int Columns = 5;

        public Guid AskedJobId { get; init; }
        public int Waiting { get; init; }
        public int TenantWaiting { get; init; }
        public Guid? FirstJobId { get; init; }
        public byte[]? FirstHash { get; init; }
    }
}
