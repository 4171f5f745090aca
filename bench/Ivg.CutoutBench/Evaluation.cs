using System.Globalization;
using System.Text;
using Ivg.Core.BackgroundRemoval;
using Ivg.Core.Images;

namespace Ivg.CutoutBench;

/// <summary>The table: every variant's mean over the composites of one part.</summary>
internal static class Evaluation
{
    private const double Found = 0.95;

    /// <param name="folder">Composites, maps, and under <c>imgly</c> what the npm package made of the pictures; composites without that are left out of its column.</param>
    /// <param name="part"><c>tune</c> or <c>report</c>.</param>
    /// <param name="most">At most so many composites.</param>
    public static void Run(string folder, string part, int most)
    {
        var scores = new SortedDictionary<string, SortedDictionary<string, Score>>(StringComparer.Ordinal);
        var peers = Path.Combine(folder, "imgly");
        var names = Directory.GetFiles(Path.Combine(folder, "pictures"), part + "-*.png").Select(path => Path.GetFileNameWithoutExtension(path)!)
            .Where(name => File.Exists(Path.Combine(folder, "maps", name + ".rembg")) && File.Exists(Path.Combine(peers, name + ".png")))
            .Order(StringComparer.Ordinal).Take(most).ToArray();
        Parallel.ForEach(names, name =>
        {
            var picture = Load(Path.Combine(folder, "pictures", name + ".png"));
            var truth = Load(Path.Combine(folder, "truth", name + ".png"));
            foreach (var (variant, cut) in Variants(folder, name, picture))
            {
                var score = Scorer.Measure(cut, truth);
                lock (scores) (scores.TryGetValue(variant, out var of) ? of : scores[variant] = new(StringComparer.Ordinal))[name] = score;
            }
        });
        Print($"{names.Length} composites", scores);
        // Where the network misses the subject every variant misses it, and edges hardly count.
        var found = scores["3 rembg's way, straight"].Where(of => of.Value.IoU >= Found).Select(of => of.Key).ToHashSet();
        Print($"{found.Count} of them, whose subject the network found (IoU of rembg's way at least {Found})", new(scores.ToDictionary(of => of.Key,
            of => new SortedDictionary<string, Score>(of.Value.Where(one => found.Contains(one.Key)).ToDictionary(), StringComparer.Ordinal)), StringComparer.Ordinal));
        File.WriteAllText(Path.Combine(folder, part + ".csv"), Csv(scores));
    }

    private static IEnumerable<(string Variant, Picture Cut)> Variants(string folder, string name, Picture picture)
    {
        var (map, input) = (Maps.Read(folder, name, "ours"), Maps.Input(picture));
        yield return ("1 ours, refined", CutoutComposer.Compose(picture, input, map, refined: true, CancellationToken.None));
        yield return ("2 ours, raw", CutoutComposer.Compose(picture, input, map, refined: false, CancellationToken.None));
        var rembg = Compositing.Cut(picture, RembgMode.Alpha(Maps.Read(folder, name, "rembg"), picture.Width, picture.Height));
        yield return ("3 rembg's way, straight", rembg);
        yield return ("4 rembg's way, as it stores it", RembgMode.Darken(rembg));
        yield return ("5 @imgly 1.4.5", Load(Path.Combine(folder, "imgly", name + ".png")));
    }

    private static Picture Load(string path) => Pictures.Decode(File.ReadAllBytes(path));

    private static void Print(string title, SortedDictionary<string, SortedDictionary<string, Score>> scores)
    {
        Console.WriteLine(title);
        Console.WriteLine("| | IoU | boundary IoU | maxF | MAE | SAD /1000 | gradient /1000 | recomposed | recomposed, seam |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var (variant, of) in scores)
        {
            double Mean(Func<Score, double> what) => of.Values.Average(what);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {variant[2..]} | {Mean(s => s.IoU):0.0000} | {Mean(s => s.BoundaryIoU):0.0000} | {Score.MaxF(of.Values):0.0000} | {Mean(s => s.Mae):0.00000} | {Mean(s => s.Sad):0.000} | {Mean(s => s.Gradient):0.000} | {Mean(s => s.Recomposed):0.000} | {Mean(s => s.RecomposedEdge):0.00} |"));
        }
    }

    private static string Csv(SortedDictionary<string, SortedDictionary<string, Score>> scores)
    {
        var text = new StringBuilder("variant,composite,iou,boundary_iou,mae,sad,gradient,recomposed,recomposed_seam\n");
        foreach (var (variant, of) in scores)
            foreach (var (name, s) in of)
                text.Append(CultureInfo.InvariantCulture, $"{variant[2..].Replace(",", "", StringComparison.Ordinal)},{name},{s.IoU:0.0000},{s.BoundaryIoU:0.0000},{s.Mae:0.00000},{s.Sad:0.000},{s.Gradient:0.000},{s.Recomposed:0.000},{s.RecomposedEdge:0.00}\n");
        return text.ToString();
    }
}
