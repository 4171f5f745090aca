namespace Ivg.Core.Generation.Offline;

/// <summary>The ground under the paint, and its grain over it.</summary>
internal static class Surface
{
    /// <summary>Bare paper, or a board with the traces of what was wiped off it.</summary>
    public static LabPicture Lay(Scene scene)
    {
        var paper = new LabPicture(scene.Width, scene.Height);
        var (colour, palette) = (scene.Palette.Paper, scene.Palette);
        var uneven = scene.Field(110, 260, 3);
        var wiped = palette.Dark
            ? scene.Leanings.Noise(111).Streaks(scene.Width, scene.Height, scene.Px(420), scene.Px(70), -0.4f + scene.Leanings.Angle)
            : null;
        for (var i = 0; i < paper.Count; i++)
        {
            var trace = wiped is null ? 0 : 0.075f * Smooth.Step(-0.1f, 0.9f, wiped[i] + (uneven[i] * 0.5f));
            paper[i] = colour with { L = colour.L + trace + (uneven[i] * 0.008f), B = colour.B + (scene.Leanings.Warmth * 0.5f) };
        }

        return paper;
    }

    /// <summary>Lights the grain from the upper left, in place.</summary>
    public static void Grain(Scene scene, LabPicture picture)
    {
        var texture = scene.Profile.Texture;
        var strength = (float)Math.Clamp(texture.Strength, 0, 1);
        if (strength <= 0 || texture.Kind == "none") return;
        var size = Math.Clamp(texture.ScalePx, 1.5, 24);
        var relief = texture.Kind switch
        {
            "canvas" => Weave(scene, size),
            "halftone" when scene.Profile.Shading.Kind != "halftone" => Dots(scene, size, picture.L),
            "halftone" => Relief(scene, 3, 0.5f),
            "paper" => Relief(scene, Math.Min(size, 8), 1.4f),
            _ => Relief(scene, 3, 0.7f),
        };
        for (var i = 0; i < relief.Length; i++) picture.L[i] += relief[i] * strength * 0.05f;
    }

    private static float[] Relief(Scene scene, double cell, float steepness)
    {
        var height = scene.Field(112, cell, 3);
        var (w, h) = (scene.Width, scene.Height);
        var relief = new float[height.Length];
        for (int y = 0, i = 0; y < h; y++)
        {
            for (var x = 0; x < w; x++, i++)
                relief[i] = (height[i] - height[(Math.Max(y - 1, 0) * w) + Math.Max(x - 1, 0)]) * steepness;
        }

        return relief;
    }

    private static float[] Weave(Scene scene, double size)
    {
        var (slack, relief) = (scene.Field(113, 20, 2), scene.Field(114, 3));
        var step = MathF.Tau / MathF.Max(3f, scene.Px(size));
        for (int y = 0, i = 0; y < scene.Height; y++)
        {
            for (var x = 0; x < scene.Width; x++, i++)
            {
                var threads = MathF.Sin((x + (slack[i] * 3)) * step) * MathF.Sin((y - (slack[i] * 3)) * step);
                relief[i] = (relief[i] * 0.5f) + (threads * 0.45f);
            }
        }

        return relief;
    }

    private static float[] Dots(Scene scene, double size, float[] lightness)
    {
        var step = MathF.Tau / MathF.Max(4f, scene.Px(size));
        var (cos, sin) = (MathF.Cos(0.5f) * step, MathF.Sin(0.5f) * step);
        var relief = new float[lightness.Length];
        for (int y = 0, i = 0; y < scene.Height; y++)
        {
            for (var x = 0; x < scene.Width; x++, i++)
            {
                var dot = (MathF.Cos((x * cos) + (y * sin)) + MathF.Cos((y * cos) - (x * sin))) / 2;
                relief[i] = -2f * Math.Clamp(0.5f + ((dot - (2 * lightness[i]) + 1) * 2), 0f, 1f);
            }
        }

        return relief;
    }
}
