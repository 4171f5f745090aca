using Ivg.Core.Images;
using Ivg.Tests.BackgroundRemoval;
using NetVips;

namespace Ivg.Tests.Images;

/// <summary>A picture's colour profile is converted to sRGB, never dropped; one that cannot be used costs the profile, not the picture.</summary>
public sealed class ProfileTests
{
    private static readonly Picture Ball = Drawn.Ball(120, 90);

    // In light, 0.2157 is the middle of sRGB's 0 to 255.
    [Theory]
    [InlineData("png", 55, 128)]
    [InlineData("jpeg", 55, 128)]
    [InlineData("jpeg", 255, 255)]
    [InlineData("jpeg", 0, 0)]
    public void Decode_GreyWithLinearProfile_IsConverted(string format, int stored, int shown)
    {
        using var grey = Grey(stored);
        using var tagged = With(grey, GreyProfile.Linear());
        var file = format == "png" ? tagged.PngsaveBuffer() : tagged.JpegsaveBuffer(q: 100);

        Near(Flat(shown), Pictures.Decode(file), most: 1);
        Near(Flat(shown), Pictures.Thumbnail(file, 200), most: 1);
    }

    [Fact]
    public void Decode_GreyWithAlphaAndLinearProfile_KeepsTheAlpha()
    {
        using var grey = Grey(55);
        using var alpha = Grey(77);
        using var both = grey.Bandjoin(alpha);
        using var tagged = With(both, GreyProfile.Linear());

        var picture = Pictures.Decode(tagged.PngsaveBuffer());

        Assert.Equal(4, picture.Bands);
        Assert.InRange(picture.Pixels[0], 127, 129);
        Assert.Equal(77, picture.Pixels[3]);
    }

    [Fact]
    public void Decode_SixteenBitGreyWithLinearProfile_IsConverted()
    {
        using var grey = Grey(55);
        using var deep = grey.Linear([257.0], [0.0]).Cast(Enums.BandFormat.Ushort).Copy(interpretation: Enums.Interpretation.Grey16);
        using var tagged = With(deep, GreyProfile.Linear());

        Near(Flat(128), Pictures.Decode(tagged.PngsaveBuffer(bitdepth: 16)), most: 1);
    }

    [Fact]
    public void Decode_SixteenBitsWithWideGamutProfile_IsConverted()
    {
        using var image = Vips(Ball);
        using var wide = image.IccTransform("p3", inputProfile: "srgb", depth: 16);

        Near(Ball, Pictures.Decode(wide.PngsaveBuffer(bitdepth: 16)), most: 2);
    }

    [Theory]
    [InlineData("png")]
    [InlineData("jpeg")]
    public void Decode_DamagedProfile_CostsTheProfileAndNotThePicture(string format)
    {
        using var image = Vips(Ball);
        using var tagged = With(image, [.. Enumerable.Range(0, 600).Select(i => (byte)(i * 7))]);
        var file = format == "png" ? tagged.PngsaveBuffer() : tagged.JpegsaveBuffer(q: 100, subsampleMode: Enums.ForeignSubsample.Off);

        Near(Ball, Pictures.Decode(file), most: 12);
        Near(Ball, Pictures.Thumbnail(file, 200), most: 12);
    }

    [Fact]
    public void Decode_ProfileForOtherChannels_CostsTheProfileAndNotThePicture()
    {
        using var image = Vips(Ball);
        using var colour = With(image, GreyProfile.Linear());
        Near(Ball, Pictures.Decode(colour.JpegsaveBuffer(q: 100, subsampleMode: Enums.ForeignSubsample.Off)), most: 12);

        using var wide = image.IccTransform("p3", inputProfile: "srgb");
        using var plain = Grey(99);
        using var grey = With(plain, (byte[])wide.Get("icc-profile-data"));
        Near(Flat(99), Pictures.Decode(grey.JpegsaveBuffer(q: 100)), most: 1);
    }

    // Floats of light and of L*a*b* are the same colours whatever profile comes with them.
    [Theory]
    [InlineData(Enums.Interpretation.Lab)]
    [InlineData(Enums.Interpretation.Scrgb)]
    public void Decode_NumbersThatNeedNoProfile_AreNotTakenForAScreens(Enums.Interpretation space)
    {
        using var image = Vips(Ball);
        using var wide = image.IccTransform("p3", inputProfile: "srgb");
        using var plain = image.Colourspace(space);
        using var tagged = With(plain, (byte[])wide.Get("icc-profile-data"));

        Near(Ball, Pictures.Decode(tagged.TiffsaveBuffer()), most: 3);
    }

    [Fact]
    public void Decode_CmykWithoutProfile_ComesOutAsItLooks()
    {
        using var image = Vips(Ball);
        using var cmyk = image.IccTransform("cmyk", inputProfile: "srgb");

        var picture = Pictures.Decode(cmyk.JpegsaveBuffer(q: 98, keep: Enums.ForeignKeep.None));

        Assert.Equal(3, picture.Bands);
        Assert.InRange(Enumerable.Range(0, Ball.Pixels.Length).Average(i => Math.Abs(Ball.Pixels[i] - picture.Pixels[i])), 0, 12);
    }

    private static Image Grey(int value)
    {
        using var black = Image.Black(40, 30);
        using var grey = (black + value).Cast(Enums.BandFormat.Uchar);
        return grey.Copy(interpretation: Enums.Interpretation.Bw);
    }

    private static Image Vips(Picture picture)
    {
        using var image = Image.NewFromMemory(picture.Pixels, picture.Width, picture.Height, picture.Bands, Enums.BandFormat.Uchar);
        return image.Copy(interpretation: Enums.Interpretation.Srgb);
    }

    private static Image With(Image image, byte[] profile) => image.Mutate(mutable => mutable.Set(GValue.BlobType, "icc-profile-data", profile));

    private static Picture Flat(int value) => Drawn.Plain(40, 30, (byte)value, (byte)value, (byte)value);

    private static void Near(Picture expected, Picture picture, int most)
    {
        Assert.Equal((expected.Width, expected.Height, expected.Bands), (picture.Width, picture.Height, picture.Bands));
        Assert.InRange(expected.Pixels.Zip(picture.Pixels, (one, other) => Math.Abs(one - other)).Max(), 0, most);
    }
}
