using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Ivg.Core.Jobs;

/// <summary>How jobs are admitted, leased, retried and kept.</summary>
public sealed class JobOptions
{
    /// <summary>Of one session's jobs of one kind, at most so many are in the stream or running.</summary>
    [ConfigurationKeyName("MAX_CONCURRENT_PER_USER"), Range(1, 1000)]
    public int MaxConcurrentPerUser { get; set; } = 4;

    /// <summary>A session with so many queued jobs gets 429.</summary>
    [ConfigurationKeyName("MAX_QUEUED_PER_USER"), Range(1, 1_000_000)]
    public int MaxQueuedPerUser { get; set; } = 20;

    /// <summary>A tenant with so many queued jobs over all its users gets 429; 0: no limit.</summary>
    [ConfigurationKeyName("MAX_QUEUED_PER_TENANT"), Range(0, 1_000_000)]
    public int MaxQueuedPerTenant { get; set; }

    /// <summary>Seconds that a finished job is kept.</summary>
    [ConfigurationKeyName("JOB_RESULT_EXPIRES"), Range(60, 31_536_000)]
    public int JobResultExpires { get; set; } = 86_400;

    /// <summary>False: the API does the work in the request, and needs no Redis.</summary>
    [ConfigurationKeyName("ASYNC_TASKS_ENABLED")]
    public bool AsyncTasksEnabled { get; set; } = true;

    /// <summary>Jobs that a worker process always has room for.</summary>
    [ConfigurationKeyName("WORKER_AUTOSCALE_MIN"), Range(1, 256)]
    public int WorkerAutoscaleMin { get; set; } = 1;

    /// <summary>Jobs that a worker process runs at once at most.</summary>
    [ConfigurationKeyName("WORKER_AUTOSCALE_MAX"), Range(1, 256)]
    public int WorkerAutoscaleMax { get; set; } = 8;

    /// <summary>Attempts in all, the first included.</summary>
    [ConfigurationKeyName("JOB_MAX_ATTEMPTS"), Range(1, 20)]
    public int MaxAttempts { get; set; } = 3;

    /// <summary>Seconds that a claim holds without a heartbeat.</summary>
    [ConfigurationKeyName("JOB_LEASE_SECONDS"), Range(2, 600)]
    public double LeaseSeconds { get; set; } = 30;

    /// <summary>Seconds of the first back-off; doubled each attempt, capped at a minute, full jitter.</summary>
    [ConfigurationKeyName("JOB_BACKOFF_SECONDS"), Range(0.01, 60)]
    public double BackoffSeconds { get; set; } = 2;

    /// <summary>Seconds that a stopping worker gives its jobs before it hands them back; below what its host gives it in all.</summary>
    [ConfigurationKeyName("WORKER_GRACE_SECONDS"), Range(0, 600)]
    public double GraceSeconds { get; set; } = 3;

    internal TimeSpan Lease => TimeSpan.FromSeconds(LeaseSeconds);

    internal TimeSpan Heartbeat => Lease / 3;
}
