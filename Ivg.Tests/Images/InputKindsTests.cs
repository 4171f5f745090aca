using Ivg.Tests.Application;
using Ivg.Core.Images;
using Ivg.Tests.BackgroundRemoval;
using NetVips;

namespace Ivg.Tests.Images;

/// <summary>However a picture is stored, its pixels come out as the same upright 8-bit sRGB.</summary>
public sealed class InputKindsTests
{
    private static readonly Picture Ball = Drawn.Ball(120, 90);

    [Fact]
    public void Decode_SixteenBits_KeepsTheUpperEight()
    {
        using var image = Vips(Ball);
        using var deep = image.Linear([256.0], [128.0]).Cast(Enums.BandFormat.Ushort).Copy(interpretation: Enums.Interpretation.Rgb16);

        Near(Ball, deep.PngsaveBuffer(bitdepth: 16), most: 1);
    }

    [Fact]
    public void Decode_Grey_HasThreeEqualBands()
    {
        using var image = Vips(Ball);
        using var grey = image.Colourspace(Enums.Interpretation.Bw);
        var picture = Pictures.Decode(grey.PngsaveBuffer());

        Assert.Equal((120, 90, 3), (picture.Width, picture.Height, picture.Bands));
        Assert.All(Enumerable.Range(0, 120 * 90), i => Assert.True(picture.Pixels[i * 3] == picture.Pixels[i * 3 + 1] && picture.Pixels[i * 3] == picture.Pixels[i * 3 + 2]));
        Assert.InRange(picture.Pixels.Max() - picture.Pixels.Min(), 50, 255);
    }

    [Fact]
    public void Decode_GreyWithAlpha_KeepsTheAlpha()
    {
        var source = Drawn.Ball(120, 90, transparentGround: true);
        using var image = Vips(source);
        using var grey = image.Colourspace(Enums.Interpretation.Bw);
        var picture = Pictures.Decode(grey.PngsaveBuffer());

        Assert.Equal(4, picture.Bands);
        for (var i = 3; i < source.Pixels.Length; i += 4) Assert.Equal(source.Pixels[i], picture.Pixels[i]);
    }

    [Fact]
    public void Decode_Palette_IsUnfolded()
    {
        using var image = Vips(Ball);

        Near(Ball, image.PngsaveBuffer(palette: true, dither: 0), most: 40);
    }

    [Fact]
    public void Decode_WideGamutProfile_IsConverted()
    {
        using var image = Vips(Ball);
        using var wide = image.IccTransform("p3", inputProfile: "srgb");
        var bytes = wide.PngsaveBuffer();

        Near(Ball, bytes, most: 3);
        // Had the profile been dropped, the numbers in the file would have come out as they are.
        using var dropped = wide.Copy(interpretation: Enums.Interpretation.Srgb);
        Assert.True(Furthest(Ball.Pixels, dropped.WriteToMemory<byte>()) > 10);
    }

    [Fact]
    public void Decode_Cmyk_ComesOutAsItLooks()
    {
        using var image = Vips(Ball);
        using var cmyk = image.IccTransform("cmyk", inputProfile: "srgb");

        // Printing inks reach fewer colours than a screen: near, not equal.
        var picture = Pictures.Decode(cmyk.JpegsaveBuffer(q: 98));
        Assert.Equal(3, picture.Bands);
        Assert.InRange(Enumerable.Range(0, Ball.Pixels.Length).Average(i => Math.Abs(Ball.Pixels[i] - picture.Pixels[i])), 0, 12);
    }

    private static Image Vips(Picture picture)
    {
        using var image = Image.NewFromMemory(picture.Pixels, picture.Width, picture.Height, picture.Bands, Enums.BandFormat.Uchar);
        return image.Copy(interpretation: Enums.Interpretation.Srgb);
    }

    private static void Near(Picture expected, byte[] file, int most)
    {
        var picture = Pictures.Decode(file);
        Assert.Equal((expected.Width, expected.Height, expected.Bands), (picture.Width, picture.Height, picture.Bands));
        Assert.InRange(Furthest(expected.Pixels, picture.Pixels), 0, most);
    }

    private static int Furthest(byte[] a, byte[] b) => a.Zip(b, (one, other) => Math.Abs(one - other)).Max();

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(8)]
    public void Decode_LargeOrientedPhoto_IsTurnedWhole(byte orientation)
    {
        var photo = BadPictures.OrientedJpeg(4000, 3000, orientation);
        var (width, height) = orientation >= 5 ? (3000, 4000) : (4000, 3000);
        var whole = Pictures.Decode(photo);
        var small = Pictures.Thumbnail(photo, 400);

        Assert.Equal((width, height), (whole.Width, whole.Height));
        Assert.Equal((width / 10, height / 10), (small.Width, small.Height));
    }
}
