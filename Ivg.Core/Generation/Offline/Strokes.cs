namespace Ivg.Core.Generation.Offline;

/// <summary>Brush marks: noise smeared along the forms (line integral convolution over the structure tensor).</summary>
internal static class Strokes
{
    private const int Steps = 7;

    /// <summary>The marks, about -1 to 1, and the unit vector across them at each pixel.</summary>
    public static (float[] Marks, (float[] X, float[] Y) Across) Along(Scene scene, float[] lightness)
    {
        var (w, h) = (scene.Width, scene.Height);
        var across = Across(scene, lightness);
        var noise = scene.Field(60, 3 + (0.25 * Math.Clamp(scene.Profile.Texture.ScalePx, 1, 12)));
        var (marks, stride) = (new float[noise.Length], MathF.Max(1, scene.Px(2.6)));
        for (int y = 0, i = 0; y < h; y++)
        {
            for (var x = 0; x < w; x++, i++)
            {
                var sum = noise[i];
                for (var side = -1; side <= 1; side += 2)
                {
                    float px = x, py = y;
                    var at = i;
                    for (var step = 0; step < Steps; step++)
                    {
                        px -= side * stride * across.Y[at];
                        py += side * stride * across.X[at];
                        at = (Math.Clamp((int)(py + 0.5f), 0, h - 1) * w) + Math.Clamp((int)(px + 0.5f), 0, w - 1);
                        sum += noise[at];
                    }
                }

                marks[i] = Math.Clamp(sum * 0.2f, -1f, 1f);
            }
        }

        return (marks, across);
    }

    private static (float[] X, float[] Y) Across(Scene scene, float[] lightness)
    {
        var (w, h) = (scene.Width, scene.Height);
        var calm = scene.Blur(lightness, scene.Px(2));
        var (xx, xy, yy) = (new float[calm.Length], new float[calm.Length], new float[calm.Length]);
        for (int y = 0, i = 0; y < h; y++)
        {
            for (var x = 0; x < w; x++, i++)
            {
                var dx = calm[i + (x + 1 < w ? 1 : 0)] - calm[i - (x > 0 ? 1 : 0)];
                var dy = calm[i + (y + 1 < h ? w : 0)] - calm[i - (y > 0 ? w : 0)];
                (xx[i], xy[i], yy[i]) = (dx * dx, dx * dy, dy * dy);
            }
        }

        var reach = scene.Px(9);
        (xx, xy, yy) = (scene.Blur(xx, reach), scene.Blur(xy, reach), scene.Blur(yy, reach));
        var drift = scene.Field(61, 300);
        var lean = 0.9f + scene.Leanings.Angle;
        for (var i = 0; i < xx.Length; i++)
        {
            // Where nothing has a direction, the hand has its own; doubled angles let the two mix without a seam.
            var own = 2 * (lean + (drift[i] * 0.8f));
            var (ownSin, ownCos) = MathF.SinCos(own);
            var (cos, sin) = (xx[i] - yy[i] + (4e-5f * ownCos), (2 * xy[i]) + (4e-5f * ownSin));
            // Half of that angle.
            cos /= MathF.Max(1e-12f, MathF.Sqrt((cos * cos) + (sin * sin)));
            (xx[i], yy[i]) = (MathF.Sqrt(MathF.Max(0, 1 + cos) / 2), MathF.CopySign(MathF.Sqrt(MathF.Max(0, 1 - cos) / 2), sin));
        }

        return (xx, yy);
    }
}
