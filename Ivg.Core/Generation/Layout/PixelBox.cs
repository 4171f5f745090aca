namespace Ivg.Core.Generation.Layout;

/// <summary>A box in pixels, both ends inside, and how many pixels of the mask it holds.</summary>
internal readonly record struct PixelBox(int Left, int Top, int Right, int Bottom, int Pixels)
{
    /// <summary>The connected parts of a mask, those of most pixels first. Gaps of a pixel do not part what belongs together.</summary>
    public static PixelBox[] Parts(bool[] mask, int width, int height)
    {
        var (w, h) = ((width + 1) / 2, (height + 1) / 2);
        var coarse = new PixelBox[w * h];
        for (int y = 0, i = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++, i++)
            {
                if (!mask[i]) continue;
                ref var cell = ref coarse[(y / 2 * w) + (x / 2)];
                cell = cell.Pixels == 0 ? new PixelBox(x, y, x, y, 1) : Join(cell, new PixelBox(x, y, x, y, 1));
            }
        }
        var parts = new List<PixelBox>();
        var open = new Stack<int>();
        for (var start = 0; start < coarse.Length; start++)
        {
            if (coarse[start].Pixels == 0) continue;
            var part = new PixelBox(int.MaxValue, int.MaxValue, -1, -1, 0);
            open.Push(start);
            while (open.TryPop(out var i))
            {
                if (coarse[i].Pixels == 0) continue;
                part = Join(part, coarse[i]);
                coarse[i] = default;
                var (column, row) = (i % w, i / w);
                for (var y = Math.Max(0, row - 1); y <= Math.Min(h - 1, row + 1); y++)
                {
                    for (var x = Math.Max(0, column - 1); x <= Math.Min(w - 1, column + 1); x++)
                    {
                        if (coarse[(y * w) + x].Pixels > 0) open.Push((y * w) + x);
                    }
                }
            }
            parts.Add(part);
        }
        return [.. parts.OrderByDescending(part => part.Pixels)];
    }

    public static PixelBox? Around(IReadOnlyCollection<PixelBox> boxes) => boxes.Count == 0 ? null : boxes.Aggregate(Join);

    private static PixelBox Join(PixelBox a, PixelBox b) =>
        new(Math.Min(a.Left, b.Left), Math.Min(a.Top, b.Top), Math.Max(a.Right, b.Right), Math.Max(a.Bottom, b.Bottom), a.Pixels + b.Pixels);
}
