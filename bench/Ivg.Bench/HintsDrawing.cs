using Ivg.Core.Generation.Layout;
using Ivg.Core.Images;

namespace Ivg.Bench;

/// <summary>
/// Draws what is measured of a picture over it: thirds in grey, those that are empty crossed out, boxes in red, margins in blue, the
/// horizon in green, the palette by weight along the bottom.
/// </summary>
internal static class HintsDrawing
{
    private const int Side = 768;
    private static readonly byte[] Grey = [128, 128, 128], Red = [230, 30, 40], Blue = [30, 90, 230], Green = [20, 160, 60];

    public static void Run(string from, string to)
    {
        var bytes = File.ReadAllBytes(from);
        var info = Pictures.Identify(bytes);
        var (hints, _) = LayoutReader.Read(Preview.Read(bytes, info.Width, info.Height));
        var card = StyleCardReader.Read(Preview.Read(bytes, info.Width, info.Height, StyleCardReader.Side));
        File.WriteAllBytes(to, Pictures.Encode(Draw(Pictures.Thumbnail(bytes, Side), hints), ImageFormat.Png));
        Console.WriteLine(string.Join('\n', LayoutWords.Describe(hints, colours: true).Select(line => "- " + line)));
        Console.WriteLine("as a style:");
        Console.WriteLine(string.Join('\n', card.Words().Select(line => "- " + line)));
    }

    private static Picture Draw(Picture picture, LayoutHints hints)
    {
        var (w, h) = (picture.Width, picture.Height);
        var strip = Math.Max(24, h / 16);
        var pixels = new byte[w * (h + strip) * 3];
        for (var i = 0; i < w * h; i++)
        {
            // What is transparent shows as white.
            var alpha = picture.HasAlpha ? picture.Pixels[(i * 4) + 3] : 255;
            for (var band = 0; band < 3; band++) pixels[(i * 3) + band] = (byte)(((picture.Pixels[(i * picture.Bands) + band] * alpha) + (255 * (255 - alpha))) / 255);
        }
        var canvas = new Picture(w, h + strip, 3, pixels);
        for (var third = 1; third < 3; third++)
        {
            Line(canvas, w * third / 3, 0, w * third / 3, h - 1, Grey, 1);
            Line(canvas, 0, h * third / 3, w - 1, h * third / 3, Grey, 1);
        }
        for (var cell = 0; hints.Thirds.Confidence >= LayoutHints.Sure && cell < 9; cell++)
        {
            var (x, y) = (cell % 3 * w / 3, cell / 3 * h / 3);
            if (hints.Thirds.Shares[cell] < 0.01) Line(canvas, x, y, x + (w / 3), y + (h / 3), Grey, 1);
        }
        if (hints.Margins is { Confidence: >= LayoutHints.Sure } margins)
            Box(canvas, (int)(margins.Left * w), (int)(margins.Top * h), (int)((1 - margins.Right) * w) - 1, (int)((1 - margins.Bottom) * h) - 1, Blue);
        foreach (var box in hints.Subject.Confidence >= LayoutHints.Sure ? hints.Subject.Boxes : [])
            Box(canvas, box[1] * w / 1000, box[0] * h / 1000, (box[3] * w / 1000) - 1, (box[2] * h / 1000) - 1, Red);
        if (hints.Horizon is { Confidence: >= LayoutHints.Sure } horizon) Line(canvas, 0, (int)(horizon.At * h), w - 1, (int)(horizon.At * h), Green, 3);
        Swatches(canvas, h, hints.Palette.Colours);
        return canvas;
    }

    private static void Swatches(Picture canvas, int top, IReadOnlyList<ColourShare> colours)
    {
        var (x, total) = (0.0, colours.Sum(colour => colour.Weight));
        foreach (var colour in colours)
        {
            var next = x + (canvas.Width * colour.Weight / total);
            var rgb = Convert.FromHexString(colour.Hex[1..]);
            for (var y = top; y < canvas.Height; y++) Line(canvas, (int)x, y, (int)next - 1, y, rgb, 1);
            x = next;
        }
    }

    private static void Box(Picture canvas, int left, int top, int right, int bottom, byte[] colour)
    {
        Line(canvas, left, top, right, top, colour, 3);
        Line(canvas, left, bottom, right, bottom, colour, 3);
        Line(canvas, left, top, left, bottom, colour, 3);
        Line(canvas, right, top, right, bottom, colour, 3);
    }

    private static void Line(Picture canvas, int x0, int y0, int x1, int y1, byte[] colour, int thick)
    {
        var steps = Math.Max(1, Math.Max(Math.Abs(x1 - x0), Math.Abs(y1 - y0)));
        for (var step = 0; step <= steps; step++)
        {
            var (x, y) = (x0 + ((x1 - x0) * step / steps), y0 + ((y1 - y0) * step / steps));
            for (var dy = -thick / 2; dy <= thick / 2; dy++)
            {
                for (var dx = -thick / 2; dx <= thick / 2; dx++)
                {
                    if (x + dx >= 0 && y + dy >= 0 && x + dx < canvas.Width && y + dy < canvas.Height)
                        colour.CopyTo(canvas.Pixels, (((y + dy) * canvas.Width) + x + dx) * 3);
                }
            }
        }
    }
}
