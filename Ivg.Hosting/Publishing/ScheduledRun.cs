namespace Ivg.Hosting.Publishing;

/// <summary>A run of a resource's image by the clock.</summary>
/// <param name="Name">Of the run.</param>
/// <param name="Cron">Minute, hour, day, month and weekday, in UTC.</param>
/// <param name="Arguments">In place of the resource's own.</param>
public sealed record ScheduledRun(string Name, string Cron, IReadOnlyList<string> Arguments);
