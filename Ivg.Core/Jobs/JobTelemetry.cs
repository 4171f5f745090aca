using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Ivg.Core.Jobs;

/// <summary>Spans and figures of the job engine, under <c>Ivg.Jobs</c>.</summary>
internal static class JobTelemetry
{
    public const string Name = "Ivg.Jobs";

    public static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    // The usual bounds are made for milliseconds.
    private static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600] };

    private static readonly Histogram<double> QueueTime = Meter.CreateHistogram("ivg.jobs.queue_time", "s", "From submit to the first claim.", tags: null, Seconds);
    private static readonly Histogram<double> RunTime = Meter.CreateHistogram("ivg.jobs.run_time", "s", "From claim to the end of the attempt.", tags: null, Seconds);
    private static readonly Counter<long> FinishedJobs = Meter.CreateCounter<long>("ivg.jobs.finished", "{job}", "Jobs that reached a final state.");
    private static readonly Counter<long> LeasesLost = Meter.CreateCounter<long>("ivg.jobs.leases_lost", "{lease}", "Leases that ran out without a finish.");
    private static readonly Counter<long> FencedResults = Meter.CreateCounter<long>("ivg.jobs.fenced", "{result}", "Results thrown away because somebody else held the job.");

    /// <summary>By what a job is followed everywhere.</summary>
    public static (string Name, string? Value)[] Ids(Job job) => [("request_id", job.RequestId), ("job_id", job.JobId.ToString()), ("user_id", job.SessionId)];

    /// <summary>The span in which a job's entry is written, in the trace of the request that submitted it.</summary>
    public static Activity? Publish(Job job)
    {
        ActivityContext.TryParse(job.TraceParent, null, isRemote: false, out var parent);
        var activity = Source.StartActivity($"publish {job.Queue}", ActivityKind.Producer, parent);
        foreach (var (name, value) in Ids(job)) activity?.SetTag(name, value);
        return activity;
    }

    public static void Claimed(Job job)
    {
        if (job is { Attempt: 1, StartedAt: { } started })
            QueueTime.Record((started - job.CreatedAt).TotalSeconds, Kind(job));
    }

    public static void Ran(Job job, TimeSpan elapsed) => RunTime.Record(elapsed.TotalSeconds, Kind(job));

    public static void Finished(Job job, JobStatus status, string code) =>
        FinishedJobs.Add(1, Kind(job), new("status", status.Word()), new("code", code));

    public static void Lost(int count) => LeasesLost.Add(count);

    public static void Fenced(Job job) => FencedResults.Add(1, Kind(job));

    private static KeyValuePair<string, object?> Kind(Job job) => new("kind", job.Kind);
}
