using System.Globalization;
using Ivg.Core.BackgroundRemoval;
using Ivg.Core.Images;

namespace Ivg.CutoutBench;

/// <summary>
/// The ten composites that came out best and, right of them, the ten that came out worst, a row each: the picture, the truth, ours, rembg's
/// way as it stores it, the npm package's; cutouts over white.
/// </summary>
internal static class ContactSheet
{
    private const int Cell = 120;
    private const int Gap = 6;
    private const int Columns = 5;
    private const int Rows = 10;

    /// <param name="folder">Composites, scored before.</param>
    /// <param name="part"><c>tune</c> or <c>report</c>.</param>
    /// <param name="path">A PNG or a WebP.</param>
    public static void Draw(string folder, string part, string path)
    {
        var order = File.ReadLines(Path.Combine(folder, part + ".csv")).Skip(1).Select(line => line.Split(','))
            .Where(fields => fields[0] == "ours refined").OrderBy(fields => double.Parse(fields[7], CultureInfo.InvariantCulture)).Select(fields => fields[1]).ToArray();
        var (width, height) = (2 * Columns * Cell + Gap, Rows * Cell);
        var sheet = new Picture(width, height, 3, [.. Enumerable.Repeat((byte)160, width * height * 3)]);
        for (var row = 0; row < Rows; row++)
        {
            DrawRow(sheet, folder, order[row], 0, row * Cell);
            DrawRow(sheet, folder, order[^(row + 1)], Columns * Cell + Gap, row * Cell);
        }
        File.WriteAllBytes(path, Pictures.Encode(sheet, path.EndsWith(".webp", StringComparison.Ordinal) ? ImageFormat.Webp : ImageFormat.Png, effort: 9));
    }

    private static void DrawRow(Picture sheet, string folder, string name, int left, int top)
    {
        var picture = Load(folder, "pictures", name);
        var rembg = Compositing.Cut(picture, RembgMode.Alpha(Maps.Read(folder, name, "rembg"), picture.Width, picture.Height));
        Picture[] shown =
        [
            picture,
            Load(folder, "truth", name),
            CutoutComposer.Compose(picture, Maps.Input(picture), Maps.Read(folder, name, "ours"), refined: true, CancellationToken.None),
            RembgMode.Darken(rembg),
            Load(folder, "imgly", name),
        ];
        for (var i = 0; i < shown.Length; i++)
        {
            var scale = (double)(Cell - 2) / Math.Max(picture.Width, picture.Height);
            var small = Pictures.Resize(Compositing.Flatten(shown[i], 255, 255, 255), Math.Max(1, (int)(picture.Width * scale)), Math.Max(1, (int)(picture.Height * scale)));
            for (var y = 0; y < small.Height; y++)
                small.Pixels.AsSpan(y * small.Width * 3, small.Width * 3).CopyTo(sheet.Pixels.AsSpan(((top + y) * sheet.Width + left + i * Cell) * 3));
        }
    }

    private static Picture Load(string folder, string kind, string name) => Pictures.Decode(File.ReadAllBytes(Path.Combine(folder, kind, name + ".png")));
}
