using System.Text.RegularExpressions;

namespace Ivg.Hosting.Publishing;

internal static partial class ImageTag
{
    public static bool IsValid(string tag) => Grammar().IsMatch(tag);

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}\z")]
    private static partial Regex Grammar();
}
