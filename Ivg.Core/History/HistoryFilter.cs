namespace Ivg.Core.History;

/// <summary>What of a history is looked for; a member that is null does not matter.</summary>
/// <param name="Kind">A word of <see cref="Jobs.JobKind"/>.</param>
/// <param name="StyleId">The style that was taken.</param>
/// <param name="Text">Somewhere in the wish, in small or capital letters.</param>
public sealed record HistoryFilter(string? Kind = null, string? StyleId = null, string? Text = null)
{
    /// <summary>Everything.</summary>
    public static HistoryFilter None { get; } = new();

    /// <summary>Whether it lets everything through.</summary>
    public bool IsEmpty => this == None;

    /// <summary>The text for <c>ilike</c>, its own wildcards taken by their word.</summary>
    internal string? Pattern => Text is null
        ? null
        : $"%{Text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
}
