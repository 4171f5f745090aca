using Ivg.Core.Images;

namespace Ivg.Core.Generation;

/// <summary>A picture as three float planes in OKLab, rows top to bottom.</summary>
internal sealed class LabPicture(int width, int height, float[] l, float[] a, float[] b)
{
    public LabPicture(int width, int height)
        : this(width, height, new float[width * height], new float[width * height], new float[width * height])
    {
    }

    public int Width { get; } = width;

    public int Height { get; } = height;

    public float[] L { get; } = l;

    public float[] A { get; } = a;

    public float[] B { get; } = b;

    public int Count => L.Length;

    public Lab this[int index]
    {
        get => new(L[index], A[index], B[index]);
        set => (L[index], A[index], B[index]) = (value.L, value.A, value.B);
    }

    /// <summary>Takes an opaque picture.</summary>
    public static LabPicture From(Picture picture)
    {
        var lab = new LabPicture(picture.Width, picture.Height);
        var (pixels, bands) = (picture.Pixels, picture.Bands);
        for (int i = 0, p = 0; i < lab.Count; i++, p += bands)
            lab[i] = Oklab.FromSrgb(pixels[p], pixels[p + 1], pixels[p + 2]);
        return lab;
    }

    public Picture ToPicture()
    {
        var pixels = new byte[Count * 3];
        for (int i = 0, p = 0; i < Count; i++, p += 3)
            Oklab.Write(this[i], pixels.AsSpan(p, 3));
        return new Picture(Width, Height, 3, pixels);
    }

    /// <summary>Applies one filter to each plane.</summary>
    public LabPicture Each(Func<float[], float[]> filter) => new(Width, Height, filter(L), filter(A), filter(B));
}
