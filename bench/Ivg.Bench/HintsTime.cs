using System.Diagnostics;
using Ivg.Core.Generation.Layout;
using Ivg.Core.Images;

namespace Ivg.Bench;

/// <summary>Processor time, not the clock's: the median of some runs, each of several rounds.</summary>
internal static class HintsTime
{
    private const int Runs = 7;

    public static void Run()
    {
        foreach (var (name, width, height, format) in new[]
        {
            ("1 MP PNG", 1024, 1024, ImageFormat.Png), ("1 MP JPEG", 1024, 1024, ImageFormat.Jpeg), ("12 MP JPEG", 4000, 3000, ImageFormat.Jpeg), ("12 MP PNG", 4000, 3000, ImageFormat.Png),
        })
        {
            var bytes = Pictures.Encode(Scene(width, height), format);
            Preview preview = null!;
            Print(name, "decode, shrunk", () => preview = Preview.Read(bytes, width, height));
            Print(name, "hints", () => LayoutReader.Read(preview));
        }
        var source = Scene(1024, 1024);
        var small = Preview.Of(source);
        var (hints, print) = LayoutReader.Read(small);
        var card = StyleCardReader.Read(Preview.Of(source, StyleCardReader.Side));
        Print("1 MP", "check of a result", () =>
        {
            var result = LayoutReader.ReadPrint(small);
            _ = result.ColourDistance(print) + result.EdgeLikeness(print) + result.Thirds.Likeness(hints.Thirds) + result.HashDistance(print);
            DominantColours.Distance(DominantColours.Of(small.Lab, small.Alpha, out _), card.Palette);
        });
        Print("1 MP", "style card, decode apart", () => StyleCardReader.Read(Preview.Of(source, StyleCardReader.Side)));
    }

    private static void Print(string picture, string what, Action work)
    {
        const int rounds = 10;
        for (var round = 0; round < 30; round++) work();
        var process = Process.GetCurrentProcess();
        var times = new double[Runs];
        for (var run = 0; run < Runs; run++)
        {
            process.Refresh();
            var before = process.TotalProcessorTime;
            for (var round = 0; round < rounds; round++) work();
            process.Refresh();
            times[run] = (process.TotalProcessorTime - before).TotalMilliseconds / rounds;
        }
        Array.Sort(times);
        Console.WriteLine(FormattableString.Invariant($"{picture,-11} {what,-26} {times[Runs / 2]:0.00} ms"));
    }

    // Areas, soft light and grain, as illustrations have them.
    private static Picture Scene(int width, int height)
    {
        var (pixels, random) = (new byte[width * height * 3], new Random(1));
        for (int y = 0, at = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++, at += 3)
            {
                var (u, v) = ((double)x / width, (double)y / height);
                var subject = ((u - 0.4) * (u - 0.4)) + ((v - 0.5) * (v - 0.5)) < 0.05;
                var grain = random.Next(10);
                (pixels[at], pixels[at + 1], pixels[at + 2]) = subject
                    ? ((byte)(180 + grain), (byte)(60 + (60 * v) + grain), (byte)(50 + grain))
                    : ((byte)(225 + grain), (byte)(215 + (10 * u) + grain), (byte)(195 + grain));
            }
        }
        return new Picture(width, height, 3, pixels);
    }
}
