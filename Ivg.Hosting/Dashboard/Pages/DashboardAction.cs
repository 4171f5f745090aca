namespace Ivg.Hosting;

/// <summary>A button of a contributed page.</summary>
/// <param name="Id">Given back when it is pressed.</param>
public sealed record DashboardAction(string Id, string Text);
