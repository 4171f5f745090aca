using System.Text.RegularExpressions;

namespace Ivg.Core.Jobs;

/// <summary>JSON on its way into Postgres, which takes no NUL in <c>jsonb</c>. A provider may send one, and the job must end all the same.</summary>
internal static partial class JsonText
{
    public static string WithoutNul(string json) => json.Contains("\\u0000", StringComparison.Ordinal) ? Nul().Replace(json, "$1") : json;

    // After an odd backslash it is the escape of NUL; after an even number it is text that looks like it.
    [GeneratedRegex(@"(?<!\\)((?:\\\\)*)\\u0000")]
    private static partial Regex Nul();
}
