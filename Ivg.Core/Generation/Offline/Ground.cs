namespace Ivg.Core.Generation.Offline;

/// <summary>Finds the empty background of a picture, which a hand would leave as bare paper.</summary>
internal static class Ground
{
    private const float Tolerance = 0.075f;

    /// <summary>Share of subject at each pixel: 0 on empty ground, 1 elsewhere.</summary>
    /// <param name="picture">The framed source.</param>
    /// <param name="content">1 where the source has pixels of its own, 0 where it is transparent or margin.</param>
    /// <param name="blur">Softness of the boundary in pixels.</param>
    public static float[] Subject(LabPicture picture, float[] content, float blur)
    {
        var (w, h) = (picture.Width, picture.Height);
        var subject = (float[])content.Clone();
        if (Colour(picture) is { } ground) Flood(picture, ground, subject);
        return Smooth.Gaussian(subject, w, h, blur);
    }

    /// <summary>The ground's colour when most of the border is one light, nearly neutral colour.</summary>
    private static Lab? Colour(LabPicture picture)
    {
        var (w, h) = (picture.Width, picture.Height);
        var border = new List<Lab>(2 * (w + h));
        for (var x = 0; x < w; x++) border.AddRange([picture[x], picture[((h - 1) * w) + x]]);
        for (var y = 0; y < h; y++) border.AddRange([picture[y * w], picture[(y * w) + w - 1]]);
        var middle = new Lab(Median(border, c => c.L), Median(border, c => c.A), Median(border, c => c.B));
        var even = border.Count(c => c.Distance2(middle) < Tolerance * Tolerance) > border.Count * 0.6;
        return even && middle.L > 0.84f && middle.Chroma < 0.06f ? middle : null;
    }

    private static float Median(List<Lab> colours, Func<Lab, float> of)
    {
        var values = colours.ConvertAll(c => of(c));
        values.Sort();
        return values[values.Count / 2];
    }

    private static void Flood(LabPicture picture, Lab ground, float[] subject)
    {
        var (w, h) = (picture.Width, picture.Height);
        var seen = new bool[picture.Count];
        var open = new Stack<int>();
        void Visit(int i)
        {
            if (seen[i]) return;
            seen[i] = true;
            if (subject[i] < 0.5f || picture[i].Distance2(ground) < Tolerance * Tolerance) open.Push(i);
        }

        for (var x = 0; x < w; x++) { Visit(x); Visit(((h - 1) * w) + x); }
        for (var y = 0; y < h; y++) { Visit(y * w); Visit((y * w) + w - 1); }
        while (open.TryPop(out var i))
        {
            subject[i] = 0;
            var x = i % w;
            if (x > 0) Visit(i - 1);
            if (x < w - 1) Visit(i + 1);
            if (i >= w) Visit(i - w);
            if (i < picture.Count - w) Visit(i + w);
        }
    }
}
