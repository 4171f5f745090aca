using System.Globalization;
using Ivg.Core.Jobs;

namespace Ivg.Api.Pages;

/// <summary>Kinds, states and times in words.</summary>
internal static class PageWords
{
    /// <summary>What goes when everything is erased.</summary>
    public const string Erasing =
        "All your pictures go for good: originals, variations and cutouts, the list of what you made, and what is in the making now.";

    /// <summary>What a picture of the offline provider is.</summary>
    public const string Placeholder = "Placeholder made on this machine without an image model.";

    /// <summary>What a job is doing, by its stage, and how it stands, by its status. Rendered into the page, where the scripts pick what they show.</summary>
    public static IReadOnlyDictionary<string, string> States { get; } = new Dictionary<string, string>
    {
        ["preparing"] = "Getting your picture ready",
        ["generating"] = "Painting",
        ["segmenting"] = "Finding the subject",
        ["composing"] = "Putting it together",
        ["saving"] = "Putting it into your collection",
        ["running"] = "At work",
        ["succeeded"] = "Ready",
        ["failed"] = "That did not work",
        ["cancelled"] = "Cancelled",
    };

    /// <summary>What is happening to a job.</summary>
    public static string State(Job job, int? place) => job.Status switch
    {
        "queued" => place is null ? "Waiting its turn" : $"Waiting its turn, number {place} in line",
        "running" => States.GetValueOrDefault(job.Stage ?? "", States["running"]) + (job.Attempt > 1 ? $" (try {job.Attempt} of {job.MaxAttempts})" : ""),
        _ => States[job.Status],
    };

    /// <summary>What something made is called.</summary>
    public static string Title(string kind, string? styleName, string? prompt) =>
        kind == "background_removal" ? "Background removed" : styleName ?? (string.IsNullOrEmpty(prompt) ? "Variation" : "In your words");

    /// <summary>A day as a heading.</summary>
    public static string Day(DateTimeOffset time, DateTimeOffset now) => (now.UtcDateTime.Date - time.UtcDateTime.Date).Days switch
    {
        0 => "Today",
        1 => "Yesterday",
        _ => time.UtcDateTime.ToString("dddd d MMMM yyyy", CultureInfo.InvariantCulture),
    };

    /// <summary>A time to wait, as people say it.</summary>
    public static string About(double seconds) =>
        seconds < 90 ? $"about {Math.Ceiling(seconds):0} second{(seconds <= 1 ? "" : "s")}" : $"about {Math.Ceiling(seconds / 60):0} minutes";
}
