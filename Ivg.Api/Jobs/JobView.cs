using System.Text.Json;
using System.Text.Json.Nodes;
using Ivg.Core;
using Ivg.Core.Jobs;
using Ivg.Core.Webhooks;

namespace Ivg.Api.Jobs;

/// <summary>The job as callers see it.</summary>
internal static class JobView
{
    /// <summary>The job as its row has it.</summary>
    public static JsonObject Of(Job job, Outlook outlook) => new()
    {
        ["job_id"] = job.JobId,
        ["kind"] = job.Kind,
        ["status"] = job.Status,
        ["stage"] = job.Stage,
        ["progress"] = job.Progress,
        ["attempt"] = job.Attempt,
        ["max_attempts"] = job.MaxAttempts,
        ["queue_position"] = outlook.QueuePosition,
        ["expected_seconds"] = outlook.ExpectedSeconds,
        ["request_id"] = job.RequestId,
        ["created_at"] = job.CreatedAt.UtcDateTime,
        ["started_at"] = job.StartedAt?.UtcDateTime,
        ["finished_at"] = job.FinishedAt?.UtcDateTime,
        ["expires_at"] = job.ExpiresAt?.UtcDateTime,
        ["request"] = Parse(job.Payload),
        ["result"] = Parse(job.Result),
        ["error"] = Parse(job.Error),
        ["links"] = new JsonObject
        {
            ["self"] = $"/api/jobs/{job.JobId}",
            ["stream"] = $"/api/jobs/{job.JobId}/stream",
            ["cancel"] = $"/api/jobs/{job.JobId}/cancel",
        },
    };

    /// <summary>The job as it was at an event: what changes is taken from the event, the rest from the row.</summary>
    public static JsonObject At(Job job, JobEvent change, Outlook outlook)
    {
        var view = Of(job, outlook);
        var data = JsonNode.Parse(change.Data)!.AsObject();
        foreach (var member in new[] { "status", "stage", "progress", "attempt", "started_at", "finished_at", "expires_at", "result", "error" })
        {
            var value = data[member]?.DeepClone();
            view[member] = value is not null && member.EndsWith("_at", StringComparison.Ordinal) ? value.GetValue<DateTimeOffset>().UtcDateTime : value;
        }
        return view;
    }

    /// <summary>A finished job as its webhook carries it.</summary>
    public static byte[] Body(Job job) => JsonSerializer.SerializeToUtf8Bytes(Of(job, default), IvgJson.Options);

    /// <summary>Where the job is posted to, and how that went so far.</summary>
    public static JsonObject Callback(string url, IReadOnlyList<WebhookDelivery> deliveries) => new()
    {
        ["url"] = url,
        ["deliveries"] = new JsonArray([.. deliveries.Select(delivery => delivery.Status is { } status
            ? new JsonObject { ["at"] = delivery.At.UtcDateTime, ["status"] = status }
            : new JsonObject { ["at"] = delivery.At.UtcDateTime, ["error"] = delivery.Error })]),
        ["delivered_at"] = deliveries.FirstOrDefault(delivery => delivery.Status is >= 200 and < 300)?.At.UtcDateTime,
    };

    private static JsonNode? Parse(string? json) => string.IsNullOrEmpty(json) ? null : JsonNode.Parse(json);
}
