namespace Ivg.ServiceDefaults.Correlation;

/// <summary>The names under which requests and jobs are followed through logs, spans and baggage.</summary>
public static class CorrelationNames
{
    public const string Header = "X-Request-Id";
    public const string RequestId = "request_id";
    public const string JobId = "job_id";
    public const string UserId = "user_id";

    internal static readonly string[] All = [RequestId, JobId, UserId];
}
