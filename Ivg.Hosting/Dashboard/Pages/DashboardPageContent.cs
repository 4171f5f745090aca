namespace Ivg.Hosting;

/// <summary>What a contributed page shows: plain texts, nothing of them is markup.</summary>
/// <param name="Problem">Said on top when something is missing; null when all is well.</param>
public sealed record DashboardPageContent(IReadOnlyList<DashboardSection> Sections, string? Problem = null);
