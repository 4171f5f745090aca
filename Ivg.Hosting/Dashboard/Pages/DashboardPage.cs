namespace Ivg.Hosting;

/// <summary>A page that the AppHost contributes to the dashboard.</summary>
/// <param name="Name">In its address; lower-case letters, digits and hyphens.</param>
/// <param name="Title">In the menu.</param>
/// <param name="Load">What the page shows now. It is asked every two seconds while somebody looks.</param>
/// <param name="Execute">Carries out an action, by its id in what was loaded; returns what to tell the user. It throws to say that it failed.</param>
public sealed record DashboardPage(
    string Name, string Title, Func<CancellationToken, Task<DashboardPageContent>> Load, Func<string, CancellationToken, Task<string>>? Execute = null);
