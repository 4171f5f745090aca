using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Ivg.GeminiEmulator;

/// <summary>Writes a request down without its pictures.</summary>
internal static partial class JournalText
{
    public static void Fill(JournalEntry entry, GenerateCall call, byte[] body)
    {
        entry.Parts = [.. call.Parts.Select(part => part.Text is { } text
            ? "text: " + text
            : $"{part.MimeType} {part.Picture!.Length} {Convert.ToHexStringLower(SHA256.HashData(part.Picture))}")];
        entry.Body = Data().Replace(Encoding.UTF8.GetString(body), "$1…\"");
        (entry.System, entry.AspectRatio, entry.ImageSize, entry.ThinkingLevel) = (call.SystemText, call.AspectRatio, call.ImageSize, call.ThinkingLevel);
        (entry.Seed, entry.Store) = (call.Seed, call.Store);
    }

    [GeneratedRegex("(\"data\"\\s*:\\s*\")[A-Za-z0-9+/=]*\"")]
    private static partial Regex Data();
}
