using System.Diagnostics;
using Ivg.ServiceDefaults.Correlation;
using OpenTelemetry;

namespace Ivg.ServiceDefaults.Telemetry;

/// <summary>Copies <c>request_id</c>, <c>job_id</c> and <c>user_id</c> from baggage to every span, so that one search finds a job's whole life.</summary>
internal sealed class BaggageTagProcessor : BaseProcessor<Activity>
{
    public override void OnStart(Activity data)
    {
        foreach (var name in CorrelationNames.All)
        {
            if (data.GetBaggageItem(name) is { } value) data.SetTag(name, value);
        }
    }
}
