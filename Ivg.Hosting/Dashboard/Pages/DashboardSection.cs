namespace Ivg.Hosting;

/// <summary>A part of a contributed page.</summary>
/// <param name="Status">One or two words beside the title.</param>
/// <param name="Warns">Whether the status is one to look at.</param>
public sealed record DashboardSection(string Title, string? Status = null, bool Warns = false)
{
    /// <summary>Figures, by name.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Facts { get; init; } = [];

    public IReadOnlyList<DashboardTable> Tables { get; init; } = [];

    public IReadOnlyList<DashboardAction> Actions { get; init; } = [];
}
