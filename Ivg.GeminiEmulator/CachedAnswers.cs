using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Ivg.Core.Images;

namespace Ivg.GeminiEmulator;

/// <summary>One whole answer for each model and ratio, encoded when it is first asked for.</summary>
internal sealed partial class CachedAnswers
{
    private const int Tail = 2048;
    private readonly ConcurrentDictionary<(string Model, string Ratio), byte[]> _answers = new();

    /// <summary>Reads a request to its end and keeps its last bytes; null when it is over the limit.</summary>
    public static async Task<byte[]?> ReadTailAsync(Stream body, int most, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            var (total, kept, read) = (0L, 0, 0);
            while ((read = await body.ReadAsync(buffer.AsMemory(kept), cancellationToken)) > 0)
            {
                total += read;
                var tail = buffer.AsSpan(0, kept + read);
                tail = tail[Math.Max(0, tail.Length - Tail)..];
                tail.CopyTo(buffer);
                kept = tail.Length;
            }
            return total > most ? null : buffer.AsSpan(0, kept).ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The ratio is looked for near the end of the request, behind its pictures, so that nothing large is parsed.</summary>
    public byte[] Find(string name, EmulatedModel model, ReadOnlySpan<byte> end)
    {
        var tail = Encoding.Latin1.GetString(end);
        var ratio = Ratio().Match(tail) is { Success: true } match && model.Knows(match.Groups[1].Value) ? match.Groups[1].Value : "1:1";
        return _answers.GetOrAdd((name, ratio), key =>
        {
            var (width, height) = model.Pixels(key.Ratio, "1K");
            var format = model.Jpeg ? ImageFormat.Jpeg : ImageFormat.Png;
            return Answers.Picture(key.Model, format.MediaType(), Pictures.Encode(Painter.Pattern(width, height), format), "STOP", [], []);
        });
    }

    [GeneratedRegex("\"aspectRatio\"\\s*:\\s*\"([0-9]+:[0-9]+)\"")]
    private static partial Regex Ratio();
}
