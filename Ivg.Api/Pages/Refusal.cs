using Ivg.Api.Errors;

namespace Ivg.Api.Pages;

/// <summary>Why a page's wish was not granted, and what was typed, for the page that says so.</summary>
internal sealed class Refusal
{
    /// <summary>The form's fields as they were sent.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();

    /// <summary>What went wrong, each with the name of the picture it is about where there were several.</summary>
    public IList<(string? Picture, ApiException Problem)> Problems { get; } = [];

    /// <summary>A refusal for one reason.</summary>
    public static Refusal For(ApiException problem) => new() { Problems = { (null, problem) } };
}
