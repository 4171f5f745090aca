using Ivg.Core.Images;

namespace Ivg.Core.Generation.Offline;

/// <summary>Print in two or three spot inks: a dot screen and a slightly wrong place for each, overprinting.</summary>
internal static class Halftone
{
    private const int Cells = 17;
    private static readonly float[] Angles = [0.26f, 1.31f, 0.79f];

    public static Layer Paint(Scene scene)
    {
        var calm = Smooth.Kuwahara(scene.Source, scene.Radius(4));
        var inks = new SpotInks(scene.Palette);
        var table = Table(inks);
        scene.Next();

        var plates = Enumerable.Range(0, inks.Count).Select(_ => new float[calm.Count]).ToArray();
        Span<float> amounts = stackalloc float[inks.Count];
        for (var i = 0; i < calm.Count; i++)
        {
            LookUp(table, calm[i], amounts);
            for (var k = 0; k < amounts.Length; k++) plates[k][i] = amounts[k] * scene.Subject[i];
        }

        scene.Next();
        for (var k = 0; k < plates.Length; k++)
        {
            plates[k] = Screen(scene, plates[k], k);
            scene.Next();
        }

        var colours = new LabPicture(scene.Width, scene.Height);
        var coverage = new float[calm.Count];
        for (var i = 0; i < calm.Count; i++)
        {
            for (var k = 0; k < amounts.Length; k++) amounts[k] = plates[k][i];
            colours[i] = inks.Print(amounts);
            coverage[i] = 1;
        }

        return new Layer(colours, coverage);
    }

    private static float[] Screen(Scene scene, float[] plate, int ink)
    {
        var (w, h, leanings) = (scene.Width, scene.Height, scene.Leanings);
        var cell = MathF.Max(4f, scene.Px(Math.Clamp(scene.Profile.Texture.ScalePx, 4, 20)));
        var angle = Angles[ink] + (leanings.Angle * 0.4f);
        var (cos, sin) = (MathF.Cos(angle) * MathF.Tau / cell, MathF.Sin(angle) * MathF.Tau / cell);
        var (dx, dy) = (scene.Px(leanings.Between(80 + (uint)ink, -4, 4)), scene.Px(leanings.Between(90 + (uint)ink, -4, 4)));
        var (grain, flow) = (scene.Field(84 + (uint)ink, 2.2), scene.Field(94 + (uint)ink, 120, 2));
        var (strength, sharp, margin) = ((float)scene.Profile.Texture.Strength, cell * 0.16f, scene.Px(18));
        var result = new float[plate.Length];
        for (int y = 0, i = 0; y < h; y++)
        {
            for (var x = 0; x < w; x++, i++)
            {
                var (px, py) = (x + dx, y + dy);
                if (px < margin || py < margin || px > w - margin || py > h - margin) continue;
                var amount = Plane.At(plate, w, h, px, py);
                if (amount < 0.03f) continue;
                var dot = (MathF.Cos((x * cos) + (y * sin)) + MathF.Cos((y * cos) - (x * sin))) / 2;

                // Full and nearly full areas print solid; what is between becomes dots of that area.
                var threshold = 1.04f - (2.1f * amount);
                var printed = Math.Clamp(0.5f + ((dot - threshold) * sharp), 0f, 1f);
                var worn = 1 - (strength * ((0.10f * (1 + flow[i])) + (0.9f * Smooth.Step(0.52f, 0.75f, grain[i]))));
                result[i] = printed * worn;
            }
        }

        return result;
    }

    // Separation searches hundreds of mixes, so it is done for a grid of colours once and interpolated for pixels.
    private static float[] Table(SpotInks inks)
    {
        var table = new float[Cells * Cells * Cells * inks.Count];
        for (var l = 0; l < Cells; l++)
        {
            for (var a = 0; a < Cells; a++)
            {
                for (var b = 0; b < Cells; b++)
                {
                    var colour = new Lab(l / (Cells - 1f), ((a / (Cells - 1f)) - 0.5f) * 0.7f, ((b / (Cells - 1f)) - 0.5f) * 0.7f);
                    inks.Separate(colour, table.AsSpan(((((l * Cells) + a) * Cells) + b) * inks.Count, inks.Count));
                }
            }
        }

        return table;
    }

    private static void LookUp(float[] table, Lab colour, Span<float> amounts)
    {
        var (l, a, b) = (Place(colour.L), Place((colour.A / 0.7f) + 0.5f), Place((colour.B / 0.7f) + 0.5f));
        var (il, ia, ib) = ((int)l, (int)a, (int)b);
        amounts.Clear();
        for (var corner = 0; corner < 8; corner++)
        {
            var (cl, ca, cb) = (corner & 1, (corner >> 1) & 1, corner >> 2);
            var weight = Share(l - il, cl) * Share(a - ia, ca) * Share(b - ib, cb);
            var entry = ((((((il + cl) * Cells) + ia + ca) * Cells) + ib + cb) * amounts.Length);
            for (var k = 0; k < amounts.Length; k++) amounts[k] += weight * table[entry + k];
        }
    }

    private static float Place(float share) => Math.Clamp(share * (Cells - 1), 0f, Cells - 1.001f);

    private static float Share(float fraction, int corner) => corner == 1 ? fraction : 1 - fraction;
}
