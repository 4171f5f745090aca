using Ivg.Core.Images;
using Ivg.Core.Styles;

namespace Ivg.Core.Generation.Offline;

/// <summary>Sheets of coloured paper, one over the other: each torn along its outline, with a pale fibre rim and a shadow on those below.</summary>
internal static class CutOut
{
    /// <summary>Whether flat areas of a profile are sheets: torn, or grainy as paper and not outlined.</summary>
    public static bool Suits(StyleProfile profile) =>
        profile.Edges.Kind == "torn" || (profile.Texture.Kind == "paper" && !profile.Line.Present);

    public static Layer Paint(Scene scene)
    {
        var torn = scene.Profile.Edges.Kind == "torn";
        var regions = Regions.Of(scene, scene.Profile.Shading.Levels >= 4 ? 2 : 1, torn ? 7 : 5);
        var (w, h, stacks, order) = Stack(regions);
        var shadows = stacks.Select(stack => Smooth.Gaussian(stack, w, h, scene.Px(4.5))).ToArray();
        scene.Next();

        var (cut, details) = (Edges.Warp(scene), Details.Of(scene));
        var fibre = Warp.Field(scene, 30, torn ? 3 : 0.8, 7, 2);
        var mottle = scene.Field(34, 90, 3);
        var (fall, rim) = (scene.Px(7), scene.Px(torn ? 2 + (scene.Profile.Edges.SoftnessPx * 0.5) : 0.6));
        var darkening = 0.16f + (0.3f * (float)scene.Profile.Edges.Darkening);
        var (colours, coverage) = (new LabPicture(scene.Width, scene.Height), new float[scene.Source.Count]);
        for (int y = 0, i = 0; y < scene.Height; y++)
        {
            for (var x = 0; x < scene.Width; x++, i++)
            {
                var (px, py) = ((x + cut.Dx[i]) / 2, (y + cut.Dy[i]) / 2);
                var sheet = stacks.Length - 1;
                while (sheet > 0 && Plane.At(stacks[sheet], w, h, px, py) < 0.5f) sheet--;

                var colour = regions.Swatches[order[sheet]];
                colour = colour with { L = colour.L + (mottle[i] * 0.018f) };
                if (torn && sheet > 0)
                {
                    // The fibres show where a slightly smaller copy of the sheet, torn on its own, would have ended.
                    var inner = Plane.At(stacks[sheet], w, h, px + (fibre.Dx[i] / 2), py + (fibre.Dy[i] / 2)) - (rim * 0.035f);
                    colour = Lab.Mix(colour, new Lab(0.965f, 0.002f, 0.008f), 0.8f * (1 - Smooth.Step(0.47f, 0.52f, inner)));
                }

                if (sheet < stacks.Length - 1)
                {
                    // Outside every sheet above, so the nearest one's shadow is the strongest.
                    var shadow = Plane.At(shadows[sheet + 1], w, h, ((x - fall) / 2f) + (cut.Dx[i] / 2), ((y - fall) / 2f) + (cut.Dy[i] / 2));
                    colour = colour with { L = colour.L * (1 - (darkening * Smooth.Step(0.05f, 0.95f, shadow))) };
                }

                // Slips of paper, glued on top.
                colours[i] = sheet == 0 ? colour : details.Over(colour, scene, x + cut.Dx[i], y + cut.Dy[i]);
                coverage[i] = 1;
            }
        }

        return new Layer(colours.Each(plane => scene.Blur(plane, 0.5f)), coverage);
    }

    // Large sheets lie below small ones; each stack is a sheet with all that lie on it, so stacks are nested and leave no gaps.
    private static (int W, int H, float[][] Stacks, int[] Order) Stack(Regions regions)
    {
        var areas = regions.Scores.Select(score => score.Sum()).ToArray();
        int[] order = [0, .. Enumerable.Range(1, areas.Length - 1).OrderByDescending(k => areas[k])];
        var stacks = new float[order.Length][];
        var above = new float[regions.Width * regions.Height];
        for (var k = order.Length - 1; k >= 0; k--)
        {
            var score = regions.Scores[order[k]];
            for (var i = 0; i < above.Length; i++) above[i] += score[i];
            stacks[k] = (float[])above.Clone();
        }

        return (regions.Width, regions.Height, stacks, order);
    }
}
