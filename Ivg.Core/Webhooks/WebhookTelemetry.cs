using System.Diagnostics;
using System.Diagnostics.Metrics;
using Ivg.Core.Jobs;

namespace Ivg.Core.Webhooks;

/// <summary>Spans and figures, under <c>Ivg.Webhooks</c>. Of the address only the host: its path may be a secret.</summary>
internal static class WebhookTelemetry
{
    private const string Name = "Ivg.Webhooks";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Deliveries = Meter.CreateCounter<long>("ivg.webhooks.deliveries", "{try}", "Tries to deliver, by outcome.");

    public static Activity? Start(Job job)
    {
        ActivityContext.TryParse(job.TraceParent, null, isRemote: true, out var parent);
        var activity = Source.StartActivity("send webhook", ActivityKind.Client, parent);
        foreach (var (name, value) in new[] { ("request_id", job.RequestId), ("job_id", job.JobId.ToString()), ("user_id", job.SessionId) })
            activity?.SetTag(name, value).SetBaggage(name, value);
        return activity?.SetTag("server.address", new Uri(job.CallbackUrl!).Host);
    }

    public static void Ended(Activity? activity, WebhookAnswer answer)
    {
        activity?.SetTag("http.response.status_code", answer.Status).SetTag("error.type", answer.Error);
        Deliveries.Add(1, new KeyValuePair<string, object?>("outcome", answer.Delivered ? "delivered" : answer.Error ?? "refused"));
    }
}
