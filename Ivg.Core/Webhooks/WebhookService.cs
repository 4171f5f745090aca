using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Ivg.Core.Webhooks;

/// <summary>Sends due webhooks, on every replica: leases keep two from sending the same at once.</summary>
internal sealed partial class WebhookService(
    WebhookStore store, WebhookSender sender, WebhookBody body, IOptions<WebhookOptions> options, TimeProvider time, ILogger<WebhookService> logger) : BackgroundService
{
    private const int MostAtOnce = 32;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<DueWebhook, Task> _sending = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Nothing is sent unsigned; what is due waits for the secret.
        if (options.Value.Keys.Count == 0) return;
        using var ticks = new PeriodicTimer(Period, time);
        try
        {
            while (await ticks.WaitForNextTickAsync(stoppingToken)) await TryStartDueAsync(stoppingToken);
        }
        finally
        {
            await Task.WhenAll(_sending.Values);
        }
    }

    private async Task TryStartDueAsync(CancellationToken stopping)
    {
        try
        {
            await StartDueAsync(stopping);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            LogAway(logger, e.Message);
        }
    }

    private async Task StartDueAsync(CancellationToken stopping)
    {
        if (MostAtOnce - _sending.Count is var room && room <= 0) return;
        foreach (var webhook in await store.ClaimAsync(room, stopping))
        {
            var sending = SendAsync(webhook, stopping);
            _sending[webhook] = sending;
            _ = sending.ContinueWith(_ => _sending.TryRemove(webhook, out var _), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private async Task SendAsync(DueWebhook webhook, CancellationToken stopping)
    {
        var job = webhook.Job;
        using var activity = WebhookTelemetry.Start(job);
        using var scope = logger.BeginScope(new Dictionary<string, object>
        {
            ["request_id"] = job.RequestId, ["job_id"] = job.JobId, ["user_id"] = job.SessionId,
        });
        try
        {
            var answer = await sender.SendAsync(job.CallbackUrl!, job.JobId.ToString(), job.RequestId, body(job), stopping);
            WebhookTelemetry.Ended(activity, answer);
            var next = WebhookSchedule.Next(answer, webhook.Tries + 1, options.Value.BackoffSeconds, job.FinishedAt!.Value, time.GetUtcNow());
            // What the receiver has taken is noted even while we stop.
            using var limit = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
            await using var stop = stopping.Register(() => limit.CancelAfter(LastWords));
            await store.RecordAsync(webhook, answer, next, limit.Token);
            if (!answer.Delivered) LogNotTaken(logger, webhook.Tries + 1, answer.Status, answer.Error, next);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await ReleaseAsync(webhook);
        }
#pragma warning disable CA1031 // Do not catch general exception types: one webhook's fault must not end the others; its lease brings it back.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogFailed(logger, e);
        }
    }

    private async Task ReleaseAsync(DueWebhook webhook)
    {
        try
        {
            using var limit = new CancellationTokenSource(LastWords, time);
            await store.ReleaseAsync(webhook, limit.Token);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or OperationCanceledException)
        {
            // The lease runs out by itself.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Webhooks wait for Postgres: {Reason}")]
    private static partial void LogAway(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "A webhook was not taken at try {Try}: {Status}{Error}; next try {Next}")]
    private static partial void LogNotTaken(ILogger logger, int @try, int? status, string? error, DateTimeOffset? next);

    [LoggerMessage(Level = LogLevel.Error, Message = "A webhook could not be handled and comes again when its lease is over")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
