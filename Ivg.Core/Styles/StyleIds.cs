using System.Text.RegularExpressions;

namespace Ivg.Core.Styles;

/// <summary>Style ids are slugs.</summary>
public static partial class StyleIds
{
    /// <summary>Whether it is 1 to 64 lower-case letters, digits and single hyphens.</summary>
    public static bool IsValid(string id) => id.Length <= 64 && Slug().IsMatch(id);

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*\\z")]
    private static partial Regex Slug();
}
