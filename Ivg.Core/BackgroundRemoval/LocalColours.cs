using System.Numerics;
using System.Numerics.Tensors;
using Ivg.Core.Images;
using Plane = Ivg.Core.Images.Plane;

namespace Ivg.Core.BackgroundRemoval;

/// <summary>
/// What colours the subject and its ground have near each place, learnt from pixels that the network is sure about and that lie away from the
/// edge, and what a pixel's own colour therefore says about its alpha. Where a cell of the grid knows nothing, its surroundings speak.
/// </summary>
internal sealed class LocalColours
{
    // Chosen on composites with known alpha (docs/background-removal.md), all at the network's size.
    private const int Cell = 16;
    private const int Erosion = 2;
    private const float SureSubject = 0.95f;
    private const float SureGround = 0.05f;
    private const int Widenings = 4;
    private const float WiderWeight = 0.15f;

    // How far, squared, the sensor and the network are off: 5 levels of 255 in a colour, 0.3 in alpha at a step
    // from nothing to all, 0.045 where the map is flat.
    private const float ColourVariance = 0.0004f;
    private const float AlphaVariance = 0.09f;
    private const float LeastVariance = 0.002f;
    private const float OffLineWeight = 16;

    private readonly float[] _least;
    private readonly float[] _most;
    private readonly int _size;
    private readonly int _cells;
    private readonly ColourCells _subject;
    private readonly ColourCells _ground;

    /// <summary>Learns.</summary>
    /// <param name="input">The picture at the network's size, opaque.</param>
    /// <param name="map">Probabilities of that size.</param>
    public LocalColours(Picture input, Plane map)
    {
        (_size, _cells) = (map.Width, (map.Width + Cell - 1) / Cell);
        (_least, _most) = (Spread(map, TensorPrimitives.Min), Spread(map, TensorPrimitives.Max));
        (_subject, _ground) = (Gather(input, _least, least => least >= SureSubject), Gather(input, _most, most => most <= SureGround));
    }

    private delegate void Pairwise(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> into);

    /// <summary>
    /// Corrects alpha near edges: with F and B the mean colours there, D = F - B, and alpha a0 before with variance s, the most probable alpha
    /// is <c>(D (I - B) / v + a0 / s) / (D² / v + 1 / s)</c>, where v says how far colours stray from F and B and this one from the line between.
    /// </summary>
    /// <param name="picture">The picture.</param>
    /// <param name="y">Its row.</param>
    /// <param name="alpha">The row's alpha, 0 to 1, changed in place.</param>
    public void Refine(Picture picture, int y, Span<float> alpha)
    {
        var row = (int)((y + 0.5f) / picture.Height * _size) * _size;
        var down = Math.Clamp((y + 0.5f) / picture.Height * _size / Cell - 0.5f, 0, _cells - 1);
        for (var x = 0; x < alpha.Length; x++)
        {
            var across = (x + 0.5f) / picture.Width * _size;
            var at = row + (int)across;
            if (_least[at] >= SureSubject || _most[at] <= SureGround) continue;
            var column = Math.Clamp(across / Cell - 0.5f, 0, _cells - 1);
            if (!_subject.TryGet(column, down, out var f, out var variesF) || !_ground.TryGet(column, down, out var b, out var variesB)) continue;

            var (d, fromGround) = (f - b, ColourLevel.Colour(picture, y * picture.Width + x) - b);
            var (length, along) = (Vector4.Dot(d, d), Vector4.Dot(d, fromGround));
            var before = Math.Clamp(alpha[x], 0, 1);
            var off = fromGround - (length > 0 ? Math.Clamp(along / length, 0, 1) : before) * d;
            // Where the network sees no step but a plain doubt, colours of somewhere else know no better.
            var step = MathF.Min(1, _most[at] - _least[at]);
            var s = LeastVariance + (AlphaVariance - LeastVariance) * step * step;
            var a = before;
            // How far colours stray depends on alpha itself, so once more with what came out.
            for (var round = 0; round < 2; round++)
            {
                var v = ColourVariance + a * a * variesF + (1 - a) * (1 - a) * variesB + OffLineWeight * Vector4.Dot(off, off) / 3;
                a = Math.Clamp((along / v + before / s) / (length / v + 1 / s), 0, 1);
            }
            alpha[x] = a;
        }
    }

    // The least or the most within a square around each pixel.
    private static float[] Spread(Plane map, Pairwise many)
    {
        var size = map.Width;
        var (rows, result) = ((float[])map.Values.Clone(), new float[map.Values.Length]);
        Parallel.For(0, size, y =>
        {
            var from = map.Values.AsSpan(y * size, size);
            var into = rows.AsSpan(y * size, size);
            for (var shift = 1; shift <= Erosion; shift++)
            {
                many(into[shift..], from[..^shift], into[shift..]);
                many(into[..^shift], from[shift..], into[..^shift]);
            }
        });
        Parallel.For(0, size, y =>
        {
            var into = result.AsSpan(y * size, size);
            rows.AsSpan(y * size, size).CopyTo(into);
            for (var other = Math.Max(0, y - Erosion); other <= Math.Min(size - 1, y + Erosion); other++)
                many(into, rows.AsSpan(other * size, size), into);
        });
        return result;
    }

    private ColourCells Gather(Picture input, float[] map, Func<float, bool> sure)
    {
        var cells = new ColourCells(_cells);
        Parallel.For(0, _cells, row =>
        {
            for (var i = row * Cell * _size; i < Math.Min(_size, (row + 1) * Cell) * _size; i++)
                if (sure(map[i])) cells.Add(row * _cells + i % _size / Cell, ColourLevel.Colour(input, i));
        });
        cells.Widen(Widenings, WiderWeight);
        return cells;
    }
}
