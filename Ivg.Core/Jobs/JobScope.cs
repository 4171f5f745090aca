using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Ivg.Core.Jobs;

/// <summary>The span of one attempt, in the trace of the request that submitted the job, and the ids of both on all that is logged and traced in it.</summary>
internal sealed class JobScope : IDisposable
{
    private readonly Activity? _activity;
    private readonly IDisposable? _lines;
    private readonly Dictionary<string, object> _ids;

    private JobScope(ILogger logger, string queue, string? traceParent, IEnumerable<(string Name, string? Value)> ids)
    {
        _ids = ids.Where(id => id.Value is not null).ToDictionary(id => id.Name, id => (object)id.Value!);
        ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent);
        _activity = JobTelemetry.Source.StartActivity($"process {queue}", ActivityKind.Consumer, parent);
        foreach (var (name, value) in _ids) _activity?.SetTag(name, value).SetBaggage(name, value.ToString());
        _lines = logger.BeginScope(_ids);
    }

    /// <summary>Of a job that this process has claimed already.</summary>
    public static JobScope Begin(ILogger logger, Job job) => new(logger, job.Queue, job.TraceParent, JobTelemetry.Ids(job));

    /// <summary>Of a delivery: the claim belongs to the job's story too.</summary>
    public static JobScope Begin(ILogger logger, string queue, JobDelivery delivery) => new(logger, queue, delivery.TraceParent,
        [("request_id", delivery.RequestId), ("job_id", delivery.JobId?.ToString()), ("user_id", delivery.UserId)]);

    /// <summary>Which attempt it is, or that there is none: the entry was out of date.</summary>
    public void Claimed(int? attempt) => _activity?.SetTag("ivg.attempt", attempt);

    /// <inheritdoc/>
    public void Dispose()
    {
        _lines?.Dispose();
        _activity?.Dispose();
    }
}
