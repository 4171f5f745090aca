using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using Ivg.Core.Images;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Ivg.Core.Jobs;

/// <summary>Ends attempts: the fence is compared in the row, so a late finisher changes nothing, and each end frees or keeps its session's slot.</summary>
public sealed class JobFinisher
{
    // The sessions' locks, as at submit: a slot freed here and a job submitted now must see each other.
    private static readonly string End = $"""
        select count(pg_advisory_xact_lock(hashtextextended(session_id, 0))) from unnest(@SessionIds) session_id;
        with d as (
          select * from unnest(@JobIds, @Fences, @Statuses, @Cancels, @Attempts, @Delays, @Results, @Errors, @HistoryIds)
            as d (job_id, fence, status, cancel_requested, attempts, delay, result, error, history_id)
        ), i as (
          select * from unnest(@ImageJobIds, @ImageIndexes, @ImageIds) as i (job_id, job_index, image_id)
        ), j as (
          update jobs set status = d.status, stage = null, version = version + 1, attempt = attempt + d.attempts, result = d.result::jsonb,
            progress = case d.status when 'succeeded' then 100 when 'queued' then 0 else progress end,
            error = case d.status when 'queued' then coalesce(d.error::jsonb, jobs.error) else d.error::jsonb end,
            run_after = case d.status when 'queued' then now() + d.delay else run_after end,
            -- Whoever hands a job back sends it off again at once; the sweeper is not to do so too.
            ready_at = case when d.status = 'queued' and d.delay = interval '0' then now() else ready_at end,
            enqueued_at = case when d.status <> 'queued' then enqueued_at end, stream_id = case when d.status <> 'queued' then stream_id end,
            finished_at = case when d.status <> 'queued' then now() end, expires_at = case when d.status <> 'queued' then now() + @Keep end,
            lease_owner = null, lease_until = null
          from d
          -- In a case for the look-up by id to come first: docs/decisions/0003.
          where jobs.job_id = d.job_id and case jobs.fence when d.fence then jobs.status = 'running' and jobs.cancel_requested = d.cancel_requested end
          returning jobs.*, d.history_id, job_event_data(jobs) as event
        ), h as (
          insert into generation_history (history_id, session_id, job_id, kind, style_id, style_name, prompt, settings, source_image_id, image_ids, created_at)
          select j.history_id, j.session_id, j.job_id, j.kind, s.style_id, s.name, j.payload->>'prompt',
            jsonb_strip_nulls(j.payload - array['prompt', 'style_id', 'image_id'] || jsonb_build_object(
              'provider', j.result->'provider', 'model', j.result->'model', 'model_version', j.result->'model_version', 'prompt_id', j.result->'prompt_id',
              'prompt_hashes', j.result->'prompt_hashes', 'seeds', j.result->'seeds', 'usage', j.result->'usage', 'timings_ms', j.result->'timings_ms', 'checks', j.result->'checks')),
            (j.payload->>'image_id')::uuid, array(select i.image_id from i where i.job_id = j.job_id order by i.job_index), now()
          from j left join styles s on s.style_id = j.payload->>'style_id' where j.status = 'succeeded'
        ), e as (
          -- In order: events of several sessions take their sessions' locks, and two batches must not take them crosswise.
          insert into job_events (job_id, job_version, type, data, session_id)
          select job_id, version, status, event, session_id from j order by session_id
        ), r as (
          update jobs set ready_at = now() where job_id in (
            select next.job_id from j cross join lateral (
              select w.job_id from jobs w where w.session_id = j.session_id and w.kind = j.kind
                and w.finished_at is null and w.ready_at is null order by w.job_id limit 1) next
            where j.status <> 'queued')
          returning *
        )
        select j.job_id as ended_job_id, {JobColumns.Of("r")} from j left join r on r.session_id = j.session_id where j.status <> 'queued'
        union all select j.job_id, {JobColumns.All} from j where status = 'queued'
        """;

    private readonly NpgsqlDataSource _database;
    private readonly TimeProvider _time;
    private readonly TimeSpan _keep;
    private readonly Batcher<JobEnding, Ended> _batcher;

    /// <summary>For one process: what ends at the same time is written together.</summary>
    public JobFinisher(NpgsqlDataSource database, IOptions<JobOptions> options, TimeProvider time)
    {
        (_database, _time, _keep) = (database, time, TimeSpan.FromSeconds(options.Value.JobResultExpires));
        // Who frees a slot gives it to one other job, so a session's ends come one after another. Who goes back to the queue keeps its own:
        // a worker that stops hands all of a session's jobs back in one statement.
        _batcher = new(ending => ending.Status == JobStatus.Queued ? ending.Job.JobId.ToString() : ending.Job.SessionId, EndAsync);
    }

    /// <summary>Stores the images and ends the job as succeeded; not done when the lease was lost or a cancel came first.</summary>
    public Task<Ended> SucceedAsync(Job job, JobOutput output, CancellationToken cancellationToken)
    {
        var (made, now) = (_time.GetTimestamp(), _time.GetUtcNow());
        var ids = output.Images.Select(_ => Guid.CreateVersion7(now)).ToArray();
        string Result() => JsonText.WithoutNul(JsonSerializer.Serialize(JobResults.Describe(job, output, ids, _time.GetElapsedTime(made), _time.GetUtcNow()), IvgJson.Options));
        return _batcher.RunAsync(
            new(job, JobStatus.Succeeded) { Images = output.Images, ImageIds = ids, HistoryId = Guid.CreateVersion7(now), Result = Result },
            output.Images.Sum(image => image.Bytes.Length), cancellationToken);
    }

    /// <summary>Ends the job as failed.</summary>
    public Task<Ended> FailAsync(Job job, JobError error, CancellationToken cancellationToken) =>
        _batcher.RunAsync(new(job, JobStatus.Failed) { Error = Serialize(error) }, 0, cancellationToken);

    /// <summary>Ends the job as cancelled, if its cancel was asked for.</summary>
    public Task<Ended> CancelAsync(Job job, CancellationToken cancellationToken) =>
        _batcher.RunAsync(new(job, JobStatus.Cancelled), 0, cancellationToken);

    /// <summary>Puts the job back for another attempt after <paramref name="delay"/>; it keeps its place in the ready window.</summary>
    public Task<Ended> RetryAsync(Job job, JobError error, TimeSpan delay, CancellationToken cancellationToken) =>
        _batcher.RunAsync(new(job, JobStatus.Queued) { Error = Serialize(error), Delay = delay }, 0, cancellationToken);

    /// <summary>Hands the job back untouched, as if this attempt had not been.</summary>
    public Task<Ended> HandBackAsync(Job job, CancellationToken cancellationToken) =>
        _batcher.RunAsync(new(job, JobStatus.Queued) { Attempts = -1 }, 0, cancellationToken);

    private static string Serialize(JobError error) => JsonText.WithoutNul(JsonSerializer.Serialize(error, IvgJson.Options));

    // All statements travel together and are one transaction by themselves: one round trip, one commit.
    private async Task<IReadOnlyList<Ended>> EndAsync(IReadOnlyList<JobEnding> batch)
    {
        // Rows are locked in the order of their ids: a heartbeat of the same rows must not hold what this one waits for.
        var endings = batch.OrderBy(ending => ending.Job.JobId).ToList();
        var images = endings.SelectMany(ending => ending.Images.Select((image, index) =>
            (Ending: ending, Index: index, Id: ending.ImageIds[index], Image: image, Hash: SHA256.HashData(image.Bytes)))).ToList();
        var parameters = new DynamicParameters(new
        {
            SessionIds = endings.Select(ending => ending.Job.SessionId).Order(StringComparer.Ordinal).ToArray(),
            JobIds = endings.Select(ending => ending.Job.JobId).ToArray(),
            Fences = endings.Select(ending => ending.Job.Fence).ToArray(),
            Statuses = endings.Select(ending => ending.Status.Word()).ToArray(),
            Cancels = endings.Select(ending => ending.CancelRequested).ToArray(),
            Attempts = endings.Select(ending => ending.Attempts).ToArray(),
            Delays = endings.Select(ending => ending.Delay).ToArray(),
            Results = endings.Select(ending => ending.Result?.Invoke()).ToArray(),
            Errors = endings.Select(ending => ending.Error).ToArray(),
            HistoryIds = endings.Select(ending => ending.HistoryId).ToArray(),
            ImageJobIds = images.Select(one => one.Ending.Job.JobId).ToArray(),
            ImageIndexes = images.Select(one => one.Index).ToArray(),
            ImageIds = images.Select(one => one.Id).ToArray(),
            Keep = _keep,
        });
        var inserts = new AssetInsert(parameters);
        foreach (var (ending, index, id, image, hash) in images)
        {
            // A history row of this very id is written by this very end, or not at all.
            inserts.Add((id, image.MediaType, image.Width, image.Height, hash, image.Bytes), ending.HistoryId, index,
                "job_id from generation_history where history_id = @Owner");
        }
        await using var connection = await _database.OpenConnectionAsync();
        await using var reader = await connection.ExecuteReaderAsync(End + inserts.Sql, parameters);
        await reader.NextResultAsync();
        var ended = new Dictionary<Guid, Job?>();
        var readyOf = reader.GetRowParser<Job?>(startIndex: 1, returnNullIfFirstMissing: true);
        while (await reader.ReadAsync()) ended.Add(reader.GetGuid(0), readyOf(reader));
        // The pictures' statements answer nothing, but may fail.
        while (await reader.NextResultAsync()) { }
        return [.. batch.Select(ending => ended.TryGetValue(ending.Job.JobId, out var ready)
            ? new Ended(true, ready is null || ending.Delay > TimeSpan.Zero ? [] : [ready])
            : new Ended(false, []))];
    }
}
