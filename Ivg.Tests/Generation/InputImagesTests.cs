using Ivg.Core.Generation;
using Ivg.Core.Images;

namespace Ivg.Tests.Generation;

public sealed class InputImagesTests
{
    [Theory]
    [InlineData(ImageFormat.Png)]
    [InlineData(ImageFormat.Jpeg)]
    [InlineData(ImageFormat.Webp)]
    public void Prepare_PlainPicture_PassesUntouched(ImageFormat format)
    {
        var bytes = Pictures.Encode(TestPictures.Gradient(300, 200), format);
        var image = InputImages.Prepare(ImageRole.Source, bytes);
        Assert.Same(bytes, image.Bytes);
        Assert.Equal((format.MediaType(), 300, 200), (image.MediaType, image.Width, image.Height));
    }

    [Fact]
    public void Prepare_Metadata_IsStripped()
    {
        var bytes = PngText.Replace(TestPictures.Png(300, 200), new Dictionary<string, string> { ["place"] = "somewhere" });
        Assert.True(Holds(bytes, "place"));
        var image = InputImages.Prepare(ImageRole.Source, bytes);
        Assert.False(Holds(image.Bytes, "place"));
        Assert.False(PictureMetadata.Has(image.Bytes, ImageFormat.Png));
        // Nothing but the notes is gone: the pixels were not packed anew.
        Assert.Equal(TestPictures.Png(300, 200), image.Bytes);
    }

    [Fact]
    public void Prepare_ExifInAJpeg_IsStrippedAndItsOrientationApplied()
    {
        var bytes = WithOrientation(Pictures.Encode(TestPictures.Gradient(300, 200), ImageFormat.Jpeg), 6);
        Assert.Equal(6, Pictures.Identify(bytes).Orientation);
        var image = InputImages.Prepare(ImageRole.Source, bytes);
        Assert.Equal((200, 300, 1), (image.Width, image.Height, Pictures.Identify(image.Bytes).Orientation));
        Assert.False(Holds(image.Bytes, "Exif"));
    }

    [Fact]
    public void Prepare_LargePicture_IsBoundedInPixelsAndBytes()
    {
        var noise = new byte[2600 * 2600 * 3];
        new Random(1).NextBytes(noise);
        var image = InputImages.Prepare(ImageRole.Source, Pictures.Encode(new Picture(2600, 2600, 3, noise), ImageFormat.Png, effort: 1));
        Assert.InRange(image.Width, 1024, InputImages.MaxSide);
        Assert.Equal(image.Width, image.Height);
        Assert.InRange(image.Bytes.Length, 1, InputImages.MaxBytes);
    }

    [Fact]
    public void Prepare_AlphaThatMustBeReencoded_IsKept()
    {
        var image = InputImages.Prepare(ImageRole.Source, Pictures.Encode(TestPictures.Gradient(900, 300, bands: 4), ImageFormat.Png), maxSide: 300);
        Assert.Equal((300, 100, true), (image.Width, image.Height, Pictures.Identify(image.Bytes).HasAlpha));
    }

    [Fact]
    public void HasMetadata_CutShort_CountsAsOdd()
    {
        var png = TestPictures.Png(50, 50);
        Assert.True(PictureMetadata.Has(png.AsSpan(0, png.Length - 5), ImageFormat.Png));
        Assert.True(PictureMetadata.Has([.. png, 1, 2, 3], ImageFormat.Png));
        Assert.True(PictureMetadata.Has(Pictures.Encode(TestPictures.Gradient(9, 9), ImageFormat.Jpeg).AsSpan(0, 30), ImageFormat.Jpeg));
    }

    private static bool Holds(byte[] bytes, string text) => bytes.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(text)) >= 0;

    /// <summary>Puts a minimal EXIF segment, one tag in big-endian TIFF, behind the start of a JPEG.</summary>
    private static byte[] WithOrientation(byte[] jpeg, byte orientation)
    {
        byte[] exif = [.. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
        return [0xFF, 0xD8, 0xFF, 0xE1, 0, (byte)(exif.Length + 2), .. exif, .. jpeg.AsSpan(2)];
    }
}
