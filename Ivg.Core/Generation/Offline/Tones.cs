namespace Ivg.Core.Generation.Offline;

/// <summary>Fits a source's range of lightness and chroma to the palette's, keeping the order of tones.</summary>
internal static class Tones
{
    public static LabPicture Fit(LabPicture source, float[] subject, Scene scene)
    {
        var (palette, shading, leanings) = (scene.Palette, scene.Profile.Shading, scene.Leanings);
        var (lightness, chroma) = Sample(source, subject);
        var (dark, light) = (At(lightness, 0.02f), At(lightness, 0.98f));

        // A picture of one tone must not be torn apart into noise.
        var widen = MathF.Max(0, 0.35f - (light - dark)) / 2;
        (dark, light) = (dark - widen, light + widen);
        var contrast = (float)Math.Clamp(shading.Contrast, 0, 1);
        var low = palette.Low + ((1 - contrast) * 0.18f * (palette.High - palette.Low));
        var high = palette.High;

        var typical = At(chroma, 0.9f);
        var gain = typical < 0.012f ? 1f : Math.Clamp(palette.Chroma * 0.85f / typical, 0.7f, 2.4f);

        // On a dark ground colour is rare, not pale: a low saturation there describes the area it takes.
        var saturation = (float)Math.Clamp(shading.Saturation, 0, 2);
        gain *= (palette.Dark && saturation > 0 ? MathF.Max(saturation, 0.9f) : saturation) * leanings.Saturation;

        // Without colours of its own a style shows strong ones as tone, as a red looks darker in a drawing than a grey as light as it.
        var weight = 0.35f * (1 - Smooth.Step(0.02f, 0.06f, palette.Chroma));
        var result = new LabPicture(source.Width, source.Height);
        for (var i = 0; i < source.Count; i++)
        {
            var t = Math.Clamp((source.L[i] - (weight * source[i].Chroma) - dark) / (light - dark), 0f, 1f);
            var curve = t * t * (3 - (2 * t));
            t += (curve - t) * (contrast - 0.3f) * 0.8f;
            t = Math.Clamp(t + (leanings.Lightness * 4 * t * (1 - t)), 0f, 1f);
            result[i] = new Lab(low + ((high - low) * t), source.A[i] * gain, (source.B[i] * gain) + (leanings.Warmth * 0.6f));
        }

        return result;
    }

    private static (List<float> Lightness, List<float> Chroma) Sample(LabPicture source, float[] subject)
    {
        var (lightness, chroma) = (new List<float>(), new List<float>());
        var stride = Math.Max(1, source.Count / 40_000) | 1;
        for (var pass = 0; pass < 2 && lightness.Count < 32; pass++)
        {
            for (var i = 0; i < source.Count; i += stride)
            {
                if (pass == 0 && subject[i] < 0.5f) continue;
                lightness.Add(source.L[i]);
                chroma.Add(source[i].Chroma);
            }
        }

        lightness.Sort();
        chroma.Sort();
        return (lightness, chroma);
    }

    private static float At(List<float> sorted, float share) => sorted[(int)(share * (sorted.Count - 1))];
}
