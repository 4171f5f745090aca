namespace Ivg.Core.Jobs;

internal static class JobColumns
{
    /// <summary>The columns of <see cref="Job"/>, of the table or alias <c>j</c>.</summary>
    public const string All = """
        j.job_id, j.session_id, j.kind, j.status, j.stage, j.progress, j.attempt, j.max_attempts, j.crash_count, j.fence, j.version,
        j.cancel_requested, j.ready_at, j.stream_id, j.request_id, j.trace_parent, j.payload::text as payload, j.result::text as result,
        j.error::text as error, j.callback_url, j.created_at, j.started_at, j.finished_at, j.expires_at
        """;

    /// <summary>The same of another alias.</summary>
    public static string Of(string alias) => All.Replace("j.", alias + ".", StringComparison.Ordinal);
}
