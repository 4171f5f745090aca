using System.Text.Json;

namespace Ivg.Core.Jobs;

/// <summary>The words that kinds and states have in JSON, SQL and Redis, and the queue each kind waits in.</summary>
public static class JobWords
{
    private static readonly string[] Kinds = Words<JobKind>();
    private static readonly string[] Statuses = Words<JobStatus>();

    /// <summary><c>variation</c> or <c>background_removal</c>.</summary>
    public static string Word(this JobKind kind) => Kinds[(int)kind];

    /// <summary><c>queued</c>, <c>running</c>, …</summary>
    public static string Word(this JobStatus status) => Statuses[(int)status];

    /// <summary>The Redis stream: <c>ivg_generate</c> or <c>ivg_bg</c>.</summary>
    public static string Queue(this JobKind kind) => kind == JobKind.Variation ? "ivg_generate" : "ivg_bg";

    /// <summary>Whether the state is final.</summary>
    public static bool IsFinal(this JobStatus status) => status is JobStatus.Succeeded or JobStatus.Failed or JobStatus.Cancelled;

    /// <summary>The kind of that word; null for any other.</summary>
    public static JobKind? ToKind(string? word) => Array.IndexOf(Kinds, word) is >= 0 and var index ? (JobKind)index : null;

    /// <summary>The state of that word; null for any other.</summary>
    public static JobStatus? ToStatus(string? word) => Array.IndexOf(Statuses, word) is >= 0 and var index ? (JobStatus)index : null;

    private static string[] Words<T>() where T : struct, Enum => [.. Enum.GetNames<T>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];
}
