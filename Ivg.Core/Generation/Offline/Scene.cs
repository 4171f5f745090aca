using Ivg.Core.Images;
using Ivg.Core.Styles;

namespace Ivg.Core.Generation.Offline;

/// <summary>What every recipe needs: the source with its tones fitted to the palette, its empty ground, the profile, the seed.</summary>
internal sealed class Scene
{
    private readonly CancellationToken _token;

    public Scene(Picture framed, float[] content, StyleProfile profile, Leanings leanings, CancellationToken token)
    {
        _token = token;
        (Width, Height, Profile, Leanings) = (framed.Width, framed.Height, profile, leanings);
        Scale = MathF.Max(Math.Max(Width, Height) / 1024f, 0.2f);
        Palette = new Palette(profile, leanings);
        var source = LabPicture.From(framed);
        Subject = Ground.Subject(source, content, 1.2f * Scale);
        Next();
        Source = Tones.Fit(source, Subject, this);
        Next();
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Pixels here for one of the profile's, which are meant at 1024 a side.</summary>
    public float Scale { get; }

    public StyleProfile Profile { get; }

    public Leanings Leanings { get; }

    public Palette Palette { get; }

    /// <summary>The source in the palette's range of tones and chroma.</summary>
    public LabPicture Source { get; }

    /// <summary>1 on things, 0 on empty ground.</summary>
    public float[] Subject { get; }

    /// <summary>Called between stages: stops when nobody waits for the picture any more.</summary>
    public void Next() => _token.ThrowIfCancellationRequested();

    /// <summary>A length of the profile in pixels here.</summary>
    public float Px(double atFullSize) => (float)atFullSize * Scale;

    /// <summary>A radius in whole pixels, 1 or more.</summary>
    public int Radius(double atFullSize) => Math.Max(1, (int)MathF.Round(Px(atFullSize)));

    public float[] Blur(float[] plane, float sigma) => Smooth.Gaussian(plane, Width, Height, sigma);

    public float[] Field(uint purpose, double cell, int octaves = 1) => Leanings.Noise(purpose).Field(Width, Height, Px(cell), octaves);
}
