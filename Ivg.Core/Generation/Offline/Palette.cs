using Ivg.Core.Styles;

namespace Ivg.Core.Generation.Offline;

/// <summary>A profile's colours in OKLab, and the way of a source's colours towards them.</summary>
internal sealed class Palette
{
    private readonly float[] _pull;

    public Palette(StyleProfile profile, Leanings leanings)
    {
        Paper = Lab.FromHex(profile.Paper);
        var colours = profile.Palette.Select(c => (Colour: Lab.FromHex(c.Hex), c.Weight, c.Role)).ToList();
        if (colours.Count == 0) colours.Add((Paper, 1, "paper"));
        Dark = Paper.L < 0.5f;

        // On dark ground neither the ground nor its shades and smears are paint: only what is clearly lighter is.
        var paints = colours.Where(c => c.Colour.L > Paper.L + 0.2f).ToList();
        if (!Dark || paints.Count == 0) paints = colours;
        Colours = [.. paints.Select(c => c.Colour)];
        var inks = colours.Where(c => c.Role == "ink").Select(c => c.Colour).DefaultIfEmpty(colours.MaxBy(c => Math.Abs(c.Colour.L - Paper.L)).Colour);
        Ink = inks.MaxBy(c => MathF.Abs(c.L - Paper.L));
        Low = Dark ? Paper.L : Colours.Min(c => c.L);
        High = Colours.Max(c => c.L);
        (Darkest, Lightest) = (Colours.MinBy(c => c.L), Colours.MaxBy(c => c.L));
        Chroma = Colours.Max(c => c.Chroma);
        _pull = [.. paints.Select((c, i) => MathF.Pow((float)Math.Max(c.Weight, 0.01), 0.35f) * leanings.Between(100 + (uint)i, 0.6f, 1.6f))];
    }

    public Lab Paper { get; }

    /// <summary>The colour that stands out most from the paper.</summary>
    public Lab Ink { get; }

    public Lab Darkest { get; }

    public Lab Lightest { get; }

    /// <summary>Whether the paper is dark, so that paint lightens it.</summary>
    public bool Dark { get; }

    public Lab[] Colours { get; }

    public float Low { get; }

    public float High { get; }

    public float Chroma { get; }

    /// <summary>
    /// Pulls each colour towards those of the palette near it: hue from the palette, lightness mostly from the source, so that what
    /// was lighter stays lighter and the content readable.
    /// </summary>
    /// <param name="picture">The toned source.</param>
    /// <param name="strength">0 keeps the source's hue, 1 takes the palette's.</param>
    /// <param name="lightness">The same for lightness.</param>
    public LabPicture Map(LabPicture picture, float strength, float lightness)
    {
        const float Spread = 1f / (2 * 0.05f * 0.05f);
        var result = new LabPicture(picture.Width, picture.Height);
        for (var i = 0; i < picture.Count; i++)
        {
            var source = picture[i];
            float total = 1e-9f, l = 0, a = 0, b = 0;
            for (var k = 0; k < Colours.Length; k++)
            {
                var colour = Colours[k];
                var weight = _pull[k] * MathF.Exp(-source.Distance2(colour, 0.45f) * Spread);
                total += weight;
                l += weight * colour.L;
                a += weight * colour.A;
                b += weight * colour.B;
            }

            // Far from all of them the exponentials vanish; the nearest colour then decides alone.
            var near = total > 1e-6f ? new Lab(l / total, a / total, b / total) : Colours[Nearest(source, 0.45f)];
            result[i] = new Lab(source.L + ((near.L - source.L) * lightness),
                source.A + ((near.A - source.A) * strength), source.B + ((near.B - source.B) * strength));
        }

        return result;
    }

    /// <summary>Factor on the distance to a colour of <see cref="Colours"/>: small for what the profile and the seed like.</summary>
    public float Reluctance(int colour) => MathF.Pow(_pull[colour] + 0.2f, -0.75f);

    /// <summary>The index in <see cref="Colours"/> of the colour nearest to one, by the seed's preferences.</summary>
    private int Nearest(Lab source, float lightness)
    {
        var (best, least) = (0, float.MaxValue);
        for (var k = 0; k < Colours.Length; k++)
        {
            var distance = source.Distance2(Colours[k], lightness) * Reluctance(k);
            if (distance < least) (best, least) = (k, distance);
        }

        return best;
    }
}
