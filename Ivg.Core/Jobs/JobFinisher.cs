using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using Npgsql;

namespace Ivg.Core.Jobs;

/// <summary>Ends attempts: every statement compares the fence, so a late finisher changes nothing, and each frees or keeps the session's slot.</summary>
public sealed class JobFinisher(NpgsqlDataSource database, TimeProvider time)
{
    // The session's lock, as at submit: a slot freed here and a job submitted now must see each other.
    private const string Lock = "select pg_advisory_xact_lock(hashtextextended(@SessionId, 0));";

    private const string Released = """
        r as (
          update jobs set ready_at = now() where job_id = (
            select job_id from jobs where session_id = @SessionId and kind = @Kind and status = 'queued' and ready_at is null
            and exists (select from j) order by job_id limit 1)
          returning *
        )
        """;

    /// <summary>Stores the images and ends the job as succeeded; false when the lease was lost or a cancel came first.</summary>
    public async Task<Ended> SucceedAsync(Job job, JobOutput output, TimeSpan keep, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var ids = output.Images.Select(_ => Guid.CreateVersion7(now)).ToArray();
        var result = JobResults.Describe(job, output, ids, now);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await EndAsync(connection, job, $"""
            with j as (
              update jobs set status = 'succeeded', stage = null, progress = 100, version = version + 1, result = @Result::jsonb, error = null,
                finished_at = now(), expires_at = now() + @Keep, lease_owner = null, lease_until = null
              where job_id = @JobId and fence = @Fence and status = 'running' and not cancel_requested
              returning *, job_event_data(jobs) as event
            ), a as (
              insert into image_assets (image_id, session_id, job_id, job_index, mime_type, width, height, bytes, sha256, data, created_at)
              select i.image_id, j.session_id, j.job_id, i.job_index - 1, i.mime_type, i.width, i.height, length(i.data), i.sha256, i.data, now()
              from j, unnest(@ImageIds, @MimeTypes, @Widths, @Heights, @Hashes, @Data)
                with ordinality as i (image_id, mime_type, width, height, sha256, data, job_index)
            ), h as (
              insert into generation_history (history_id, session_id, job_id, kind, style_id, style_name, prompt, settings, source_image_id, image_ids, created_at)
              select @HistoryId, j.session_id, j.job_id, j.kind, s.style_id, s.name, j.payload->>'prompt',
                jsonb_strip_nulls(j.payload - array['prompt', 'style_id', 'image_id'] || jsonb_build_object('provider', j.result->'provider', 'model', j.result->'model')),
                (j.payload->>'image_id')::uuid, @ImageIds, now()
              from j left join styles s on s.style_id = j.payload->>'style_id'
            ), e as (
              insert into job_events (job_id, job_version, type, data) select job_id, version, 'succeeded', event from j
            ), {Released}
            """,
            new
            {
                job.SessionId, job.Kind, job.JobId, job.Fence, Keep = keep,
                Result = JsonSerializer.Serialize(result, IvgJson.Options),
                ImageIds = ids,
                MimeTypes = output.Images.Select(image => image.MediaType).ToArray(),
                Widths = output.Images.Select(image => image.Width).ToArray(),
                Heights = output.Images.Select(image => image.Height).ToArray(),
                Hashes = output.Images.Select(image => SHA256.HashData(image.Bytes)).ToArray(),
                Data = output.Images.Select(image => image.Bytes).ToArray(),
                HistoryId = Guid.CreateVersion7(now),
            }, cancellationToken);
    }

    /// <summary>Ends the job as failed.</summary>
    public async Task<Ended> FailAsync(Job job, JobError error, TimeSpan keep, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await EndAsync(connection, job, Final("failed", "and not cancel_requested"),
            new { job.SessionId, job.Kind, job.JobId, job.Fence, Keep = keep, Error = JsonSerializer.Serialize(error, IvgJson.Options) }, cancellationToken);
    }

    /// <summary>Ends the job as cancelled, if its cancel was asked for.</summary>
    public async Task<Ended> CancelAsync(Job job, TimeSpan keep, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await EndAsync(connection, job, Final("cancelled", "and cancel_requested"),
            new { job.SessionId, job.Kind, job.JobId, job.Fence, Keep = keep, Error = (string?)null }, cancellationToken);
    }

    /// <summary>Puts the job back for another attempt after <paramref name="delay"/>; it keeps its place in the ready window.</summary>
    public Task<Ended> RetryAsync(Job job, JobError error, TimeSpan delay, CancellationToken cancellationToken) =>
        RequeueAsync(job, JsonSerializer.Serialize(error, IvgJson.Options), delay, attempts: 0, cancellationToken);

    /// <summary>Hands the job back untouched, as if this attempt had not been.</summary>
    public Task<Ended> HandBackAsync(Job job, CancellationToken cancellationToken) =>
        RequeueAsync(job, error: null, TimeSpan.Zero, attempts: -1, cancellationToken);

    private async Task<Ended> RequeueAsync(Job job, string? error, TimeSpan delay, int attempts, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await EndAsync(connection, job, """
            with j as (
              update jobs set status = 'queued', stage = null, progress = 0, attempt = attempt + @attempts, version = version + 1,
                error = coalesce(@error::jsonb, error), run_after = now() + @delay, enqueued_at = null, stream_id = null, lease_owner = null, lease_until = null
              where job_id = @JobId and fence = @Fence and status = 'running' and not cancel_requested
              returning *, job_event_data(jobs) as event
            ), e as (
              insert into job_events (job_id, job_version, type, data) select job_id, version, 'queued', event from j
            ), r as (select * from j where run_after <= now())
            """, new { job.SessionId, job.JobId, job.Fence, attempts, error, delay }, cancellationToken);
    }

    private static string Final(string status, string guard) => $"""
        with j as (
          update jobs set status = '{status}', stage = null, version = version + 1, error = @Error::jsonb,
            finished_at = now(), expires_at = now() + @Keep, lease_owner = null, lease_until = null
          where job_id = @JobId and fence = @Fence and status = 'running' {guard}
          returning *, job_event_data(jobs) as event
        ), e as (
          insert into job_events (job_id, job_version, type, data) select job_id, version, '{status}', event from j
        ), {Released}
        """;

    private static async Task<Ended> EndAsync(
        NpgsqlConnection connection, Job job, string statement, object parameters, CancellationToken cancellationToken)
    {
        // Both statements travel together and are one transaction by themselves: one round trip, one commit.
        await using var results = await connection.QueryMultipleAsync(new CommandDefinition(
            $"{Lock}\n{statement}\nselect {JobColumns.All}, true as ended from j union all select {JobColumns.All.Replace("j.", "r.", StringComparison.Ordinal)}, false from r",
            parameters, cancellationToken: cancellationToken));
        await results.ReadAsync();
        var rows = (await results.ReadAsync<Job>()).ToList();
        return new Ended(rows.Exists(row => row.JobId == job.JobId), [.. rows.Where(row => row.ReadyAt is not null && row.Status == "queued")]);
    }
}
