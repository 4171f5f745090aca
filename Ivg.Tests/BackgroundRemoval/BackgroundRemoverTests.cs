using Ivg.Core.BackgroundRemoval;
using Ivg.Core.Images;
using Ivg.CutoutBench;

namespace Ivg.Tests.BackgroundRemoval;

[Collection("background removal")]
public sealed class BackgroundRemoverTests(ModelFixture fixture)
{
    [Fact]
    public async Task RemoveAsync_Picture_GivesSameSizePngWithTransparentGround()
    {
        var cutout = await fixture.RemoveAsync(Drawn.Png(Drawn.Ball(700, 500)));

        var picture = Pictures.Decode(cutout.Bytes);
        Assert.Equal(ImageFormat.Png, ImageFormats.Sniff(cutout.Bytes));
        Assert.Equal((700, 500, 4), (picture.Width, picture.Height, picture.Bands));
        Assert.Equal(255, Drawn.Alpha(picture, 350, 250));
        Assert.Equal(0, Drawn.Alpha(picture, 5, 5));
        Assert.Equal(0, Drawn.Alpha(picture, 694, 494));
        // The ball covers a fifth of the picture.
        Assert.InRange(cutout.Figures.Coverage, 0.17, 0.24);
        Assert.InRange(cutout.Figures.Confidence, 0.8, 1);
    }

    [Fact]
    public async Task RemoveAsync_OpaquePixels_StayBitExactAndTransparentOnesCarryNothing()
    {
        var source = Drawn.Ball(1500, 1200);
        var cut = Pictures.Decode((await fixture.RemoveAsync(Drawn.Png(source))).Bytes);

        var opaque = 0;
        for (var i = 0; i < cut.Width * cut.Height; i++)
        {
            var rgb = cut.Pixels.AsSpan(i * 4, 3);
            if (cut.Pixels[i * 4 + 3] == 0) Assert.Equal(new byte[3], rgb.ToArray());
            if (cut.Pixels[i * 4 + 3] != 255) continue;
            opaque++;
            Assert.True(rgb.SequenceEqual(source.Pixels.AsSpan(i * 3, 3)), $"Pixel {i} was changed.");
        }
        Assert.InRange(opaque, 300_000, 450_000);
    }

    [Fact]
    public async Task RemoveAsync_RawEdges_KeepsEveryColour()
    {
        var source = Drawn.Ball(300, 300);
        var cut = Pictures.Decode((await fixture.RemoveAsync(Drawn.Png(source), new() { Edges = "raw" })).Bytes);

        for (var i = 0; i < 300 * 300; i++)
            Assert.True(cut.Pixels.AsSpan(i * 4, 3).SequenceEqual(source.Pixels.AsSpan(i * 3, 3)));
    }

    [Theory]
    [InlineData(1, 0.7, 0.3)]
    [InlineData(2, 0.3, 0.3)]
    [InlineData(3, 0.3, 0.7)]
    [InlineData(4, 0.7, 0.7)]
    [InlineData(5, 0.3, 0.7)]
    [InlineData(6, 0.7, 0.7)]
    [InlineData(7, 0.7, 0.3)]
    [InlineData(8, 0.3, 0.3)]
    public async Task RemoveAsync_ExifOrientation_CutsTheUprightPicture(byte orientation, double x, double y)
    {
        // Stored with the ball up on the right; each orientation moves it to a corner of its own.
        var jpeg = Drawn.JpegWithOrientation(Drawn.Ball(640, 400, 0.7, 0.3, 0.22), orientation);

        var cut = Pictures.Decode((await fixture.RemoveAsync(jpeg)).Bytes);

        Assert.Equal(orientation >= 5 ? (400, 640) : (640, 400), (cut.Width, cut.Height));
        Assert.Equal(255, Drawn.Alpha(cut, (int)(x * cut.Width), (int)(y * cut.Height)));
        Assert.Equal(0, Drawn.Alpha(cut, (int)((1 - x) * cut.Width), (int)((1 - y) * cut.Height)));
    }

    [Fact]
    public async Task RemoveAsync_ExistingAlpha_IsMultipliedNotReplaced()
    {
        var source = Drawn.Ball(400, 400, transparentGround: true);
        for (var y = 0; y < 400; y++)
            for (var x = 200; x < 400; x++) source.Pixels[(y * 400 + x) * 4 + 3] /= 2;

        var cut = Pictures.Decode((await fixture.RemoveAsync(Drawn.Png(source))).Bytes);

        Assert.Equal(255, Drawn.Alpha(cut, 150, 200));
        Assert.InRange(Drawn.Alpha(cut, 250, 200), 60, 127);
        Assert.Equal(0, Drawn.Alpha(cut, 10, 10));
        for (var i = 3; i < cut.Pixels.Length; i += 4) Assert.True(cut.Pixels[i] <= source.Pixels[i]);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(255, 255, 255)]
    [InlineData(120, 160, 40)]
    public async Task RemoveAsync_OneColour_FindsNothingAndSaysSo(byte red, byte green, byte blue)
    {
        var cutout = await fixture.RemoveAsync(Drawn.Png(Drawn.Plain(256, 256, red, green, blue)), new() { Crop = true });

        Assert.Equal((256, 256), (cutout.Width, cutout.Height));
        Assert.InRange(cutout.Figures.Coverage, 0, 0.02);
        Assert.Equal(0, cutout.Figures.Confidence);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(16, 16)]
    [InlineData(16_000, 20)]
    [InlineData(20, 5000)]
    public async Task RemoveAsync_TinyOrExtreme_KeepsTheSize(int width, int height)
    {
        var cutout = await fixture.RemoveAsync(Drawn.Png(Drawn.Ball(width, height)));

        Assert.Equal((width, height), (cutout.Width, cutout.Height));
        Assert.InRange(cutout.Figures.Coverage, 0, 1);
    }

    [Fact]
    public async Task RemoveAsync_TruncatedFile_IsRejected()
    {
        var png = Drawn.Png(Drawn.Ball(300, 300));

        var rejected = await Assert.ThrowsAsync<ImageRejectedException>(() => fixture.RemoveAsync(png[..(png.Length / 2)]));

        Assert.Equal("undecodable_image", rejected.Code);
    }

    [Fact]
    public async Task RemoveAsync_CropBackgroundAndMask_AreApplied()
    {
        var source = Drawn.Png(Drawn.Ball(600, 400, 0.3, 0.5, 0.25));

        var cropped = await fixture.RemoveAsync(source, new() { Crop = true, Background = "#00ff00", Format = "webp" });
        Assert.InRange(cropped.Width, 190, 225);
        Assert.InRange(cropped.Height, 190, 225);
        Assert.Equal(ImageFormat.Webp, ImageFormats.Sniff(cropped.Bytes));
        Assert.False(Pictures.Decode(cropped.Bytes).HasAlpha);

        var mask = Pictures.Decode((await fixture.RemoveAsync(source, new() { Output = "mask" })).Bytes);
        Assert.Equal((600, 400, 3), (mask.Width, mask.Height, mask.Bands));
        Assert.Equal(new byte[] { 255, 255, 255 }, mask.Pixels[((200 * 600 + 180) * 3)..][..3]);
        Assert.Equal(new byte[3], mask.Pixels[..3]);
    }

    [Fact]
    public async Task RemoveAsync_CancelledInTheMiddleOfTheRun_EndsAndTheNextRunWorks()
    {
        var source = Drawn.Png(Drawn.Ball(300, 300));
        using var cancel = new CancellationTokenSource();
        var run = fixture.Get<BackgroundRemover>().RemoveAsync(source, fixture.Model, new BackgroundRemovalRequest(), (stage, _, _) =>
        {
            if (stage == "segmenting") cancel.CancelAfter(TimeSpan.FromMilliseconds(150));
            return Task.CompletedTask;
        }, cancel.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.InRange((await fixture.RemoveAsync(source)).Figures.Coverage, 0.2, 0.35);
    }

    [Fact]
    public async Task RemoveAsync_AllTransparent_FindsNothing()
    {
        var cutout = await fixture.RemoveAsync(Drawn.Png(new Picture(200, 100, 4, new byte[200 * 100 * 4])));

        Assert.Equal(0, cutout.Figures.Coverage);
        Assert.All(Pictures.Decode(cutout.Bytes).Pixels, value => Assert.Equal(0, value));
    }

    [Fact]
    public async Task RemoveAsync_TruncatedJpeg_IsRejected()
    {
        var jpeg = Pictures.Encode(Drawn.Ball(300, 300), ImageFormat.Jpeg);

        Assert.Equal("undecodable_image", (await Assert.ThrowsAsync<ImageRejectedException>(() => fixture.RemoveAsync(jpeg[..(jpeg.Length / 2)]))).Code);
    }

    [Fact]
    public async Task RemoveAsync_AnimatedGif_CutsTheFirstFrame()
    {
        var cut = Pictures.Decode((await fixture.RemoveAsync(Drawn.TwoFrameGif(Drawn.Ball(300, 200), Drawn.Plain(300, 200, 9, 9, 9)))).Bytes);

        Assert.Equal((300, 200), (cut.Width, cut.Height));
        Assert.Equal(255, Drawn.Alpha(cut, 150, 100));
        Assert.Equal(0, Drawn.Alpha(cut, 3, 3));
    }

    [Fact]
    public async Task Refined_SoftEdge_IsNearerTheTruthThanRawAndThanRembgsWay()
    {
        var source = Drawn.Ball(900, 900);
        var truth = Drawn.Ball(900, 900, transparentGround: true);
        var input = RembgMode.Input(source);
        var segmenter = fixture.Get<Segmenter>();
        var loaded = await segmenter.AcquireAsync(fixture.Model, CancellationToken.None);
        var map = loaded.Session.Run(input, RembgMode.Recipe(input), CancellationToken.None);
        segmenter.Release(loaded);

        var refined = Drawn.AlphaError(Pictures.Decode((await fixture.RemoveAsync(Drawn.Png(source))).Bytes), truth);
        var raw = Drawn.AlphaError(Pictures.Decode((await fixture.RemoveAsync(Drawn.Png(source), new() { Edges = "raw" })).Bytes), truth);
        var rembg = Drawn.AlphaError(Compositing.Cut(source, RembgMode.Alpha(map, 900, 900)), truth);

        Assert.True(refined < raw / 2 && refined < rembg / 2, $"Sums of errors: refined {refined:0}, raw {raw:0}, rembg's way {rembg:0}.");
    }
}
