using System.Text.Json;

namespace Ivg.Core.Jobs;

/// <summary>The words that kinds and states have in JSON, SQL and Redis, and the queue each kind waits in.</summary>
public static class JobWords
{
    private static readonly JobKind[] Kinds = Enum.GetValues<JobKind>();
    private static readonly JobStatus[] Statuses = Enum.GetValues<JobStatus>();

    /// <summary><c>variation</c> or <c>background_removal</c>.</summary>
    public static string Word(this JobKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());

    /// <summary><c>queued</c>, <c>running</c>, …</summary>
    public static string Word(this JobStatus status) => JsonNamingPolicy.SnakeCaseLower.ConvertName(status.ToString());

    /// <summary>The Redis stream: <c>ivg_generate</c> or <c>ivg_bg</c>.</summary>
    public static string Queue(this JobKind kind) => kind == JobKind.Variation ? "ivg_generate" : "ivg_bg";

    /// <summary>Whether the state is final.</summary>
    public static bool IsFinal(this JobStatus status) => status is JobStatus.Succeeded or JobStatus.Failed or JobStatus.Cancelled;

    /// <summary>The kind of that word; null for any other.</summary>
    public static JobKind? ToKind(string? word) => Kinds.Cast<JobKind?>().FirstOrDefault(kind => kind!.Value.Word() == word);

    /// <summary>The state of that word; null for any other.</summary>
    public static JobStatus? ToStatus(string? word) => Statuses.Cast<JobStatus?>().FirstOrDefault(status => status!.Value.Word() == word);
}
