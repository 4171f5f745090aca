using System.Numerics;

namespace Ivg.Core.Generation.Layout;

/// <summary>What pictures are compared by: colours and edges at 32 x 32, a hash of how light falls, and where things stand out.</summary>
/// <param name="Colours">Mean colours.</param>
/// <param name="Edges">Mean edge strength.</param>
/// <param name="Hash">A bit for each of 8 x 8 places that is clearly lighter than the one to its right.</param>
/// <param name="Thirds">Where things stand out.</param>
internal sealed record Fingerprint(LabPicture Colours, float[] Edges, ulong Hash, ThirdsHint Thirds)
{
    public const int Side = 32;

    public static Fingerprint Of(Preview preview, EdgeField edges, ThirdsHint thirds)
    {
        var (lab, w, h) = (preview.Lab, preview.Lab.Width, preview.Lab.Height);
        var colours = new LabPicture(Side, Side, Figures.Cells(lab.L, w, h, Side, Side), Figures.Cells(lab.A, w, h, Side, Side), Figures.Cells(lab.B, w, h, Side, Side));
        var steps = Figures.Cells(lab.L, w, h, 9, 8);
        var hash = 0UL;
        for (var bit = 0; bit < 64; bit++)
        {
            var at = (bit / 8 * 9) + (bit % 8);
            if (steps[at] > steps[at + 1] + 0.004f) hash |= 1UL << bit;
        }
        return new Fingerprint(colours, Figures.Cells(edges.Strength, edges.Width, edges.Height, Side, Side), hash, thirds);
    }

    /// <summary>Root of the mean square distance to the mean colour: 0 for one colour.</summary>
    public double Variety
    {
        get
        {
            var mean = new Lab(Colours.L.Average(), Colours.A.Average(), Colours.B.Average());
            var sum = 0.0;
            for (var i = 0; i < Colours.Count; i++) sum += Colours[i].Distance2(mean);
            return Math.Sqrt(sum / Colours.Count);
        }
    }

    /// <summary>Mean OKLab distance, place by place.</summary>
    public double ColourDistance(Fingerprint other)
    {
        var sum = 0.0;
        for (var i = 0; i < Colours.Count; i++) sum += Math.Sqrt(Colours[i].Distance2(other.Colours[i]));
        return sum / Colours.Count;
    }

    /// <summary>Bits of the hash that differ, 0 to 64.</summary>
    public int HashDistance(Fingerprint other) => BitOperations.PopCount(Hash ^ other.Hash);

    /// <summary>Correlation of the edges, -1 to 1.</summary>
    public double EdgeLikeness(Fingerprint other) => Figures.Correlation(Edges, other.Edges);
}
