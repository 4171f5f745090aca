namespace Ivg.Core.Generation.Offline;

/// <summary>Two or three printing inks and how much of each makes a colour when they overprint like filters.</summary>
internal sealed class SpotInks
{
    private const int Steps = 5;
    private readonly (float R, float G, float B) _paper;
    private readonly (float R, float G, float B)[] _inks;
    private readonly List<(Lab Colour, float[] Amounts)> _mixes = [];

    public SpotInks(Palette palette)
    {
        var inks = Choose(palette);
        _paper = Oklab.ToLinearRgb(palette.Paper);
        _inks = [.. inks.Select(Oklab.ToLinearRgb)];
        var amounts = new float[inks.Count];
        Mix(0, amounts);
    }

    public int Count => _inks.Length;

    /// <summary>Amounts of the inks, 0 to 1, whose overprint is nearest to a colour; neighbouring mixes are averaged, so that amounts vary smoothly.</summary>
    public void Separate(Lab colour, Span<float> amounts)
    {
        const float Spread = 1f / (2 * 0.035f * 0.035f);
        float total = 0, least = float.MaxValue;
        amounts.Clear();
        foreach (var (mix, _) in _mixes) least = MathF.Min(least, mix.Distance2(colour, 1.2f));
        foreach (var (mix, parts) in _mixes)
        {
            var distance = mix.Distance2(colour, 1.2f) - least;
            if (distance > 0.006f) continue;
            var weight = MathF.Exp(-distance * Spread);
            total += weight;
            for (var k = 0; k < parts.Length; k++) amounts[k] += weight * parts[k];
        }

        for (var k = 0; k < amounts.Length; k++) amounts[k] /= total;
    }

    /// <summary>The colour of paper under the given coverage of each ink.</summary>
    public Lab Print(ReadOnlySpan<float> amounts)
    {
        var (r, g, b) = _paper;
        for (var k = 0; k < _inks.Length; k++)
        {
            r *= 1 + ((_inks[k].R - 1) * amounts[k]);
            g *= 1 + ((_inks[k].G - 1) * amounts[k]);
            b *= 1 + ((_inks[k].B - 1) * amounts[k]);
        }

        return Oklab.FromLinear(r, g, b);
    }

    // The strongest colours that lie apart in hue and are not two others printed over one another.
    private static List<Lab> Choose(Palette palette)
    {
        var chosen = new List<Lab>();
        foreach (var colour in palette.Colours.Where(c => !IsOverprint(c, palette)).OrderByDescending(c => c.Chroma).Append(palette.Ink))
        {
            if (chosen.Count == 3) break;
            var hue = MathF.Atan2(colour.B, colour.A);
            var apart = chosen.TrueForAll(c => MathF.Abs(MathF.IEEERemainder(hue - MathF.Atan2(c.B, c.A), MathF.Tau)) > 0.75f);
            if (apart || chosen.Count == 0) chosen.Add(colour);
        }

        // Shadows need one ink that is dark.
        if (chosen.TrueForAll(c => c.L > 0.6f)) chosen[^1] = palette.Ink;
        return chosen;
    }

    private static bool IsOverprint(Lab colour, Palette palette)
    {
        foreach (var first in palette.Colours)
        {
            foreach (var second in palette.Colours)
            {
                var ((r, g, b), (r2, g2, b2)) = (Oklab.ToLinearRgb(first), Oklab.ToLinearRgb(second));
                var genuine = first.L > colour.L + 0.04f && second.L > colour.L + 0.04f && first != second
                    && first.Distance2(palette.Paper) > 0.01f && second.Distance2(palette.Paper) > 0.01f;
                if (genuine && Oklab.FromLinear(r * r2, g * g2, b * b2).Distance2(colour) < 0.1f * 0.1f) return true;
            }
        }

        return false;
    }

    private void Mix(int ink, float[] amounts)
    {
        if (ink == amounts.Length)
        {
            _mixes.Add((Print(amounts), (float[])amounts.Clone()));
            return;
        }

        for (var step = 0; step <= Steps; step++)
        {
            amounts[ink] = step / (float)Steps;
            Mix(ink + 1, amounts);
        }
    }
}
