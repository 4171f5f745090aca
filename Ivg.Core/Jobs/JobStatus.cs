namespace Ivg.Core.Jobs;

/// <summary>The states of a job; the last three are final and never change.</summary>
public enum JobStatus
{
    Queued,
    Running,
    Succeeded,
    Failed,
    Cancelled,
}
