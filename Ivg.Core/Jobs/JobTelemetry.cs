using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Ivg.Core.Jobs;

/// <summary>Spans and figures of the job engine, under <c>Ivg.Jobs</c>.</summary>
internal static class JobTelemetry
{
    public const string Name = "Ivg.Jobs";

    public static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Histogram<double> QueueTime = Meter.CreateHistogram<double>("ivg.jobs.queue_time", "s", "From submit to the first claim.");
    private static readonly Histogram<double> RunTime = Meter.CreateHistogram<double>("ivg.jobs.run_time", "s", "From claim to the end of the attempt.");
    private static readonly Counter<long> FinishedJobs = Meter.CreateCounter<long>("ivg.jobs.finished", "{job}", "Jobs that reached a final state.");
    private static readonly Counter<long> LeasesLost = Meter.CreateCounter<long>("ivg.jobs.leases_lost", "{lease}", "Leases that ran out without a finish.");
    private static readonly Counter<long> FencedResults = Meter.CreateCounter<long>("ivg.jobs.fenced", "{result}", "Results thrown away because somebody else held the job.");

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
