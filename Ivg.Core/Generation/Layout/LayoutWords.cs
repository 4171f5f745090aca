using System.Globalization;

namespace Ivg.Core.Generation.Layout;

/// <summary>Hints in words: coarse ones first, numbers second, at most eight lines; hints that are not sure are left out.</summary>
internal static class LayoutWords
{
    private const int Most = 8;
    private static readonly string[] Columns = ["left", "centre", "right"];
    private static readonly string[] Cells =
        ["upper left", "upper centre", "upper right", "middle left", "centre", "middle right", "lower left", "lower centre", "lower right"];

    /// <param name="hints">What was measured.</param>
    /// <param name="colours">Whether the source's colours are to be kept too; not when a style brings its own.</param>
    public static IReadOnlyList<string> Describe(LayoutHints hints, bool colours)
    {
        string?[] lines =
        [
            Subject(hints.Subject), Thirds(hints.Thirds), Horizon(hints.Horizon), Margins(hints.Margins), Background(hints.Background, colours),
            Light(hints.Light, colours), Detail(hints.Detail), Symmetry(hints.Symmetry), colours ? Palette(hints.Palette) : null,
        ];
        return [.. lines.Where(line => line is not null).Take(Most)!];
    }

    /// <summary>Main colours on one line.</summary>
    public static string Colours(IEnumerable<ColourShare> colours) =>
        string.Join(", ", colours.Select(colour => Text($"{colour.Name} {colour.Hex} ({colour.Weight * 100:0}%)")));


    private static string? Palette(PaletteHint palette) => palette.Confidence < LayoutHints.Sure ? null : "palette: " + Colours(palette.Colours);

    private static string? Light(LightHint light, bool colours)
    {
        if (light.Confidence < LayoutHints.Sure) return null;
        var range = light.High - light.Low;
        List<string> words =
        [
            light.Mean > 0.75 && light.Low > 0.35 ? "high-key" : light.Mean < 0.4 ? "low-key" : "middle tones",
            range < 0.3 ? "low contrast" : range > 0.65 ? "high contrast" : "medium contrast",
        ];
        if (colours)
        {
            words.Add(light.Chroma < 0.02 ? "nearly without colour" : light.Chroma < 0.06 ? "muted" : light.Chroma > 0.13 ? "vivid" : "moderately saturated");
            if (Math.Abs(light.Warmth) > 0.02) words.Add(light.Warmth > 0 ? "warm" : "cool");
        }
        return Text($"light: {string.Join(", ", words)} (lightness {light.Low * 100:0} to {light.High * 100:0} of 100)");
    }

    private static string? Background(BackgroundHint background, bool colours)
    {
        if (background.Confidence < LayoutHints.Sure) return null;
        var colour = colours ? $" {background.Name} ({background.Hex})" : "";
        return background.Kind switch
        {
            BackgroundKind.Plain => "background: plain" + (colours ? colour : ", one colour"),
            BackgroundKind.Gradient => "background: a smooth gradient" + (colours ? " around" + colour : ""),
            BackgroundKind.Transparent => "background: none, the subject is cut out",
            _ => "background: busy, the scene reaches the frame on all sides",
        };
    }

    private static string? Subject(SubjectHint subject)
    {
        if (subject.Confidence < LayoutHints.Sure) return null;
        var first = subject.Boxes[0];
        // A box round nearly everything tells nothing.
        if (first[3] - first[1] > 850 && first[2] - first[0] > 850) return null;
        var size = Text($"about {(first[3] - first[1]) / 10}% of the width and {(first[2] - first[0]) / 10}% of the height");
        var boxes = string.Join(", ", subject.Boxes.Select(box => Text($"[{box[0]}, {box[1]}, {box[2]}, {box[3]}]")));
        var what = subject.Boxes.Count == 1 ? "one main subject" : Text($"{subject.Boxes.Count} main subjects, the largest");
        return $"subject: {what} {Place(first)}, {size}; boxes as [ymin, xmin, ymax, xmax] of 1000: {boxes}";
    }

    private static string Place(int[] box)
    {
        var (x, y) = ((box[1] + box[3]) / 2, (box[0] + box[2]) / 2);
        var across = x switch { < 333 => "on the left", < 450 => "left of centre", <= 550 => "centred", <= 667 => "right of centre", _ => "on the right" };
        return across + (y switch { < 333 => " at the top", > 667 => " at the bottom", _ => "" });
    }

    private static string? Thirds(ThirdsHint thirds)
    {
        if (thirds.Confidence < LayoutHints.Sure) return null;
        var empty = Enumerable.Range(0, 9).Where(cell => thirds.Shares[cell] < 0.01).ToArray();
        if (empty.Length is 0 or > 7) return null;
        var columns = Enumerable.Range(0, 3).Where(column => Enumerable.Range(0, 3).All(row => empty.Contains((row * 3) + column))).ToArray();
        var names = columns.Select(column => $"the whole {Columns[column]} third").Concat(empty.Where(cell => !columns.Contains(cell % 3)).Select(cell => Cells[cell]));
        return $"empty: {string.Join(", ", names)}; keep as negative space";
    }

    private static string? Symmetry(SymmetryHint symmetry)
    {
        if (symmetry.Confidence < LayoutHints.Sure) return null;
        var across = symmetry.LeftRight >= symmetry.TopBottom;
        return Text($"symmetry: nearly the same {(across ? "left and right" : "above and below")} ({Math.Max(symmetry.LeftRight, symmetry.TopBottom) * 100:0}%)");
    }

    private static string? Detail(DetailHint detail)
    {
        if (detail.Confidence < LayoutHints.Sure) return null;
        var mean = detail.Density.Average();
        var rich = Enumerable.Range(0, 9).Where(cell => detail.Density[cell] > 1.7 * mean).Select(cell => Cells[cell]).ToArray();
        var strongest = Array.IndexOf(detail.Orientation, detail.Orientation.Max());
        var run = detail.Orientation[strongest] < 0.4 ? null : strongest switch { 0 => "level", 4 => "upright", < 4 => "falling", _ => "rising" };
        List<string> words = [];
        if (rich.Length > 0) words.Add("gathered at " + string.Join(", ", rich));
        if (run is not null) words.Add(Text($"mostly {run} lines ({detail.Orientation[strongest] * 100:0}%)"));
        return words.Count == 0 ? null : "detail: " + string.Join("; ", words);
    }

    private static string? Horizon(HorizonHint horizon) =>
        horizon.Confidence < LayoutHints.Sure ? null : Text($"horizon: level, at {horizon.At * 100:0}% of the height from the top");

    private static string? Margins(MarginsHint margins)
    {
        if (margins.Confidence < LayoutHints.Sure) return null;
        double[] sides = [margins.Top, margins.Right, margins.Bottom, margins.Left];
        return sides.Max() < 0.03 ? null
            : sides.Max() - sides.Min() < 0.04 ? Text($"margins: even, about {sides.Average() * 100:0}% all round")
            : Text($"margins: top {margins.Top * 100:0}%, right {margins.Right * 100:0}%, bottom {margins.Bottom * 100:0}%, left {margins.Left * 100:0}%");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
