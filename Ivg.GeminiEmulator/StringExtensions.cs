namespace Ivg.GeminiEmulator;

internal static class StringExtensions
{
    /// <summary>What stands before and after the last occurrence of a character; all of it before when there is none.</summary>
    public static (string Before, char Separator, string After) Partition(this string text, char separator) =>
        text.LastIndexOf(separator) is >= 0 and var at ? (text[..at], separator, text[(at + 1)..]) : (text, separator, "");
}
