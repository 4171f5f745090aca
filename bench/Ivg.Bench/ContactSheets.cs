using Ivg.Core.Images;

namespace Ivg.Bench;

/// <summary>The pictures of the documentation: all styles over all samples, and four seeds of one style.</summary>
internal static class ContactSheets
{
    public static async Task RunAsync(string folder)
    {
        using var book = new StyleBook();
        var samples = StyleBook.Samples();
        List<IReadOnlyList<byte[]>> strips = [samples];
        foreach (var style in book.Styles.Prepend(null))
        {
            strips.Add([.. await Task.WhenAll(samples.Select(sample => book.RestyleAsync(sample, style, seed: 1)))]);
        }

        Directory.CreateDirectory(folder);
        Write(Path.Combine(folder, "styles.webp"), Sheet.Of(180, strips.Chunk(2).Select(pair => pair.SelectMany(strip => strip))));
        Write(Path.Combine(folder, "seeds.webp"), Sheet.Of(400, (await SeedsAsync(book)).Chunk(2)));
    }

    private static Task<byte[][]> SeedsAsync(StyleBook book)
    {
        var style = book.Styles.Single(style => style.StyleId == "watercolour-wash");
        return Task.WhenAll(Enumerable.Range(1, 4).Select(seed => book.RestyleAsync(StyleBook.Sample("market-stall"), style, seed)));
    }

    private static void Write(string path, Picture sheet)
    {
        File.WriteAllBytes(path, Pictures.Encode(sheet, ImageFormat.Webp));
        Console.WriteLine($"{path}: {sheet.Width} x {sheet.Height}, {new FileInfo(path).Length / 1024} KB");
    }
}
