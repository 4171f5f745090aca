using Dapper;
using Ivg.Core.Jobs;
using Npgsql;

namespace Ivg.Core.Webhooks;

/// <summary>Due webhooks and their log. A job row that has finished with a callback is the order to send it: no second row could get lost.</summary>
public sealed class WebhookStore(NpgsqlDataSource database)
{
    // Well over a try's time-out: a second sender comes only after a dead one.
    private static readonly TimeSpan Lease = WebhookSender.Timeout * 3;

    /// <summary>The job's tries, oldest first.</summary>
    public async Task<IReadOnlyList<WebhookDelivery>> DeliveriesAsync(Guid jobId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return [.. await connection.QueryAsync<WebhookDelivery>(new CommandDefinition(
            "select at, status, error from webhook_deliveries where job_id = @jobId order by attempt", new { jobId }, cancellationToken: cancellationToken))];
    }

    internal async Task<IReadOnlyList<DueWebhook>> ClaimAsync(int most, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return [.. await connection.QueryAsync<Job, Row, DueWebhook>(new CommandDefinition($"""
            with due as (
              select job_id from jobs where callback_at <= now() and finished_at is not null order by callback_at limit @most for update skip locked
            ), j as (
              update jobs set callback_at = now() + @Lease from due where jobs.job_id = due.job_id returning jobs.*
            )
            select {JobColumns.All}, j.callback_at as leased_until, (select count(*)::int from webhook_deliveries d where d.job_id = j.job_id) as tries from j
            """, new { most, Lease }, cancellationToken: cancellationToken), (job, row) => new(job, row.Tries, row.LeasedUntil), splitOn: "leased_until")];
    }

    /// <summary>Notes how a try ended and when the next is due; the note alone when the lease is somebody else's by now.</summary>
    internal async Task RecordAsync(DueWebhook webhook, WebhookAnswer answer, DateTimeOffset? next, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition("""
            with done as (
              update jobs set callback_at = @next where job_id = @JobId and callback_at = @LeasedUntil
            )
            insert into webhook_deliveries (job_id, attempt, status, error)
            select job_id, @Attempt, @Status, @Error from jobs where job_id = @JobId on conflict do nothing
            """,
            new { webhook.Job.JobId, webhook.LeasedUntil, Attempt = webhook.Tries + 1, answer.Status, answer.Error, next }, cancellationToken: cancellationToken));
    }

    /// <summary>Gives a lease back without a try.</summary>
    internal async Task ReleaseAsync(DueWebhook webhook, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            "update jobs set callback_at = now() where job_id = @JobId and callback_at = @LeasedUntil",
            new { webhook.Job.JobId, webhook.LeasedUntil }, cancellationToken: cancellationToken));
    }

    private sealed record Row
    {
        public DateTimeOffset LeasedUntil { get; init; }
        public int Tries { get; init; }
    }
}
