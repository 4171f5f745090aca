namespace Ivg.Core.Jobs;

/// <summary>A stream entry as it was delivered.</summary>
/// <param name="StreamId">The entry's id.</param>
/// <param name="JobId">The job it speaks of; null when it is damaged.</param>
internal sealed record JobDelivery(string StreamId, Guid? JobId)
{
    /// <summary>Of the request that submitted the job.</summary>
    public string? RequestId { get; init; }

    /// <summary>Whose job it is.</summary>
    public string? UserId { get; init; }

    /// <summary>The span that wrote the entry.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The entry from its fields, of which each may be missing.</summary>
    public static JobDelivery Read(string streamId, Func<string, string?> field) =>
        new(streamId, Guid.TryParse(field("job_id"), out var jobId) ? jobId : null)
        {
            RequestId = field("request_id"), UserId = field("user_id"), TraceParent = field("traceparent"),
        };
}
