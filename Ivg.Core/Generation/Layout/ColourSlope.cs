namespace Ivg.Core.Generation.Layout;

/// <summary>A colour that changes linearly across the frame, fitted to some pixels by least squares.</summary>
internal sealed class ColourSlope
{
    private readonly Lab _middle, _across, _down;
    private readonly float _x, _y;

    private ColourSlope(Lab middle, Lab across, Lab down, float x, float y) => (_middle, _across, _down, _x, _y) = (middle, across, down, x, y);

    public Lab At(int x, int y)
    {
        var (dx, dy) = (x - _x, y - _y);
        return new Lab(_middle.L + (_across.L * dx) + (_down.L * dy), _middle.A + (_across.A * dx) + (_down.A * dy), _middle.B + (_across.B * dx) + (_down.B * dy));
    }

    /// <summary>Fits twice, the second time without the pixels far off the first fit: a subject may reach the border.</summary>
    public static ColourSlope Fit(LabPicture lab, int[] pixels, Lab fallback)
    {
        var first = Solve(lab, pixels, fallback);
        var near = Array.FindAll(pixels, i => lab[i].Distance2(first.At(i % lab.Width, i / lab.Width)) < 0.01f);
        return near.Length > pixels.Length / 2 ? Solve(lab, near, fallback) : first;
    }

    private static ColourSlope Solve(LabPicture lab, int[] pixels, Lab fallback)
    {
        double x = 0, y = 0;
        foreach (var i in pixels) (x, y) = (x + (i % lab.Width), y + (i / lab.Width));
        (x, y) = (x / pixels.Length, y / pixels.Length);
        double xx = 0, yy = 0, xy = 0;
        foreach (var i in pixels)
        {
            var (dx, dy) = ((i % lab.Width) - x, (i / lab.Width) - y);
            (xx, yy, xy) = (xx + (dx * dx), yy + (dy * dy), xy + (dx * dy));
        }
        var determinant = (xx * yy) - (xy * xy);
        var (l, a, b) = (Line(lab.L), Line(lab.A), Line(lab.B));
        return determinant < 1e-3
            ? new ColourSlope(fallback, default, default, 0, 0)
            : new ColourSlope(new Lab(l.Mean, a.Mean, b.Mean), new Lab(l.Across, a.Across, b.Across), new Lab(l.Down, a.Down, b.Down), (float)x, (float)y);

        (float Mean, float Across, float Down) Line(float[] plane)
        {
            double mean = 0, px = 0, py = 0;
            foreach (var i in pixels) mean += plane[i];
            mean /= pixels.Length;
            foreach (var i in pixels)
            {
                px += ((i % lab.Width) - x) * (plane[i] - mean);
                py += ((i / lab.Width) - y) * (plane[i] - mean);
            }
            return ((float)mean, (float)(((px * yy) - (py * xy)) / determinant), (float)(((py * xx) - (px * xy)) / determinant));
        }
    }
}
