using System.Diagnostics;
using Ivg.Core.Images;

namespace Ivg.Bench;

/// <summary>What the offline provider costs, decoding and encoding included, from sources of 1 and 12 megapixels: processor time, and the process's peak memory.</summary>
internal static class StyleCosts
{
    public static async Task RunAsync(int runs)
    {
        using var book = new StyleBook();
        foreach (var side in new[] { 1024, 3464 })
        {
            var source = Pictures.Encode(Pictures.Resize(Pictures.Decode(StyleBook.Sample("market-stall")), side, side), ImageFormat.Jpeg);
            await book.RestyleAsync(source, null, seed: 0);
            foreach (var style in book.Styles.Prepend(null))
            {
                var (times, bytes) = (new List<double>(), 0);
                for (var run = 0; run < runs; run++)
                {
                    var before = Environment.CpuUsage.TotalTime;
                    bytes = (await book.RestyleAsync(source, style, run)).Length;
                    times.Add((Environment.CpuUsage.TotalTime - before).TotalMilliseconds);
                }

                Console.WriteLine($"{Math.Round(side * side / 1e6)} MP, {style?.StyleId ?? "none"}: {times.Percentile(0.5):0} ms, PNG {bytes / 1024} KiB");
            }

            Console.WriteLine($"{Math.Round(side * side / 1e6)} MP: peak {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB");
        }
    }
}
