namespace Ivg.Tests.BadInputs;

/// <summary>Every format cut off at every kilobyte, and once before its last bytes.</summary>
internal static class TruncatedInputs
{
    public static IEnumerable<BadInput> All()
    {
        foreach (var (format, bytes) in WholePictures.All)
        {
            for (var length = 1024; length < bytes.Length - 64; length += 1024)
            {
                var kept = length;
                yield return BadInput.File($"{format} cut at {length / 1024} KiB", 422, "undecodable_image", () => bytes[..kept]);
            }
            foreach (var length in new[] { 12, 16, 40, 100 })
                yield return BadInput.File($"{format} cut at {length} bytes", 422, "undecodable_image", () => bytes[..length]);
        }
    }
}
