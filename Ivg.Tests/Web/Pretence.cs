using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Ivg.Tests.Web;

/// <summary>Answers in the service's place, for states that the real one comes to too seldom or too slowly.</summary>
internal static class Pretence
{
    /// <summary>The next submits are refused.</summary>
    public static Task RefuseAsync(IPage page, int status, string code, int? retryAfter = null) =>
        page.RouteAsync("**/api/variations", route => route.FulfillAsync(new()
        {
            Status = status,
            ContentType = "application/problem+json",
            Headers = retryAfter is { } seconds ? [new("Retry-After", seconds.ToString(provider: null))] : [],
            Body = JsonSerializer.Serialize(new { code, request_id = "abc123" }),
        }));

    /// <summary>The stream tells these jobs and ends, as often as it is asked.</summary>
    public static Task StreamAsync(IPage page, params JsonObject[] jobs) => page.RouteAsync("**/api/jobs/stream", route => route.FulfillAsync(new()
    {
        ContentType = "text/event-stream",
        Body = "retry: 2000\n\n" + string.Concat(jobs.Select((job, index) => $"event: {job["status"]}\nid: {index + 1}\ndata: {job.ToJsonString()}\n\n")),
    }));

    /// <summary>A job as the contract has it, changed as told.</summary>
    public static JsonObject Job(string id, string status, Action<JsonObject>? change = null)
    {
        var job = JsonNode.Parse($$$"""
            {"job_id":"{{{id}}}","kind":"variation","status":"{{{status}}}","stage":null,"progress":0,"attempt":1,"max_attempts":3,"queue_position":null,
             "expected_seconds":null,"created_at":"2026-11-22T23:30:01.563Z","request":{"style_id":"chalkboard","prompt":null,"count":1,"aspect_ratio":"auto"},
             "result":null,"error":null,"links":{"self":"/api/jobs/{{{id}}}","stream":"","cancel":"/api/jobs/{{{id}}}/cancel"}}
            """)!.AsObject();
        change?.Invoke(job);
        return job;
    }
}
