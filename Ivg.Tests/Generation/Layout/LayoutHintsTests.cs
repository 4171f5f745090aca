using Ivg.Core.Generation.Layout;
using Ivg.Core.Images;

namespace Ivg.Tests.Generation.Layout;

public sealed class LayoutHintsTests
{
    [Fact]
    public void RedSquareOnCream_IsFoundWhereItIs()
    {
        var hints = Drawn.Hints(Drawn.RedSquare());
        Assert.Equal(("3:2", 0.0), (hints.Frame.AspectRatio, hints.Frame.CropLoss));
        Assert.Equal((BackgroundKind.Plain, "cream"), (hints.Background.Kind, hints.Background.Name));
        Assert.True(hints.Background.Confidence > 0.9);
        var box = Assert.Single(hints.Subject.Boxes);
        foreach (var (found, drawn) in box.Zip([300, 200, 600, 400])) Assert.InRange(found, drawn - 15, drawn + 15);
        Assert.True(hints.Subject.Confidence > 0.9, $"{hints.Subject.Confidence}");
        Assert.InRange(hints.Margins.Left, 0.18, 0.22);
        Assert.InRange(hints.Margins.Bottom, 0.38, 0.42);
        Assert.Equal(0, hints.Thirds.Shares[2] + hints.Thirds.Shares[5] + hints.Thirds.Shares[6]);
        Assert.True(hints.Thirds.Shares[3] > 0.4);
        Assert.Equal(["cream", "red"], hints.Palette.Colours.Select(colour => colour.Name));
        Assert.InRange(hints.Palette.Colours[1].Weight, 0.05, 0.07);
        Assert.Equal(0, hints.Horizon.Confidence);
    }

    [Fact]
    public void RedSquareOnCream_IsSaidCoarseWordsFirst()
    {
        var lines = LayoutWords.Describe(Drawn.Hints(Drawn.RedSquare()), colours: true);
        Assert.InRange(lines.Count, 4, 8);
        Assert.Contains(lines, line => line.StartsWith("subject: one main subject on the left, about 2", StringComparison.Ordinal) && line.Contains("[ymin, xmin, ymax, xmax]", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("empty: the whole right third", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("background: plain cream (#", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("light: high-key", StringComparison.Ordinal) && line.Contains("warm", StringComparison.Ordinal));
    }

    [Fact]
    public void Describe_WithAStyle_LeavesTheSourcesColoursOut()
    {
        var text = string.Join('\n', LayoutWords.Describe(Drawn.Hints(Drawn.RedSquare()), colours: false));
        Assert.DoesNotContain('#', text);
        Assert.DoesNotContain("warm", text, StringComparison.Ordinal);
        Assert.DoesNotContain("palette", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.6)]
    [InlineData(0.3)]
    public void Horizon_IsFoundAtItsHeight(double at)
    {
        var horizon = Drawn.Hints(Drawn.Horizon(at)).Horizon;
        Assert.InRange(horizon.At, at - 0.02, at + 0.02);
        Assert.True(horizon.Confidence > 0.9, $"{horizon.Confidence}");
    }

    [Fact]
    public void Gradient_IsABackgroundAndNoSubject()
    {
        var hints = Drawn.Hints(Drawn.Gradient());
        Assert.Equal(BackgroundKind.Gradient, hints.Background.Kind);
        Assert.True(hints.Background.Confidence > 0.9);
        Assert.Equal((0.0, 0.0, 0.0), (hints.Subject.Confidence, hints.Horizon.Confidence, hints.Detail.Confidence));
    }

    [Fact]
    public void Symmetric_IsSymmetricLeftAndRightAlone()
    {
        var symmetry = Drawn.Hints(Drawn.Symmetric()).Symmetry;
        Assert.True(symmetry is { Confidence: > 0.9, LeftRight: > 0.97, TopBottom: < 0.9 }, $"{symmetry}");
        Assert.Equal(0, Drawn.Hints(Drawn.RedSquare()).Symmetry.Confidence);
    }

    [Fact]
    public void Noise_HasNothingToSayOfSubjectsOrLines()
    {
        var hints = Drawn.Hints(Drawn.Noise());
        foreach (var (name, confidence) in new[]
        {
            ("subject", hints.Subject.Confidence), ("thirds", hints.Thirds.Confidence), ("symmetry", hints.Symmetry.Confidence), ("detail", hints.Detail.Confidence),
            ("horizon", hints.Horizon.Confidence), ("margins", hints.Margins.Confidence), ("palette", hints.Palette.Confidence),
        }) Assert.True(confidence < LayoutHints.Sure, $"{name}: {confidence}");
        Assert.Equal(BackgroundKind.Busy, hints.Background.Kind);
        Assert.Equal(["background", "light"], LayoutWords.Describe(hints, colours: true).Select(line => line[..line.IndexOf(':', StringComparison.Ordinal)]));
    }

    [Fact]
    public void Cutout_HasATransparentBackgroundAndItsSubject()
    {
        var hints = Drawn.Hints(Offline.Samples.Disc(300));
        Assert.Equal(BackgroundKind.Transparent, hints.Background.Kind);
        foreach (var (found, drawn) in Assert.Single(hints.Subject.Boxes).Zip([167, 167, 833, 833])) Assert.InRange(found, drawn - 15, drawn + 15);
    }

    [Fact]
    public void UprightLines_AreCalledUpright()
    {
        var stripes = Drawn.Fill(256, 256, (u, v) => v > 0.66 && (int)(u * 16) % 2 == 0 ? (20, 20, 20) : (250, 250, 250));
        var hints = Drawn.Hints(stripes);
        Assert.True(hints.Detail.Orientation[4] > 0.5);
        var line = Assert.Single(LayoutWords.Describe(hints, colours: false), line => line.StartsWith("detail:", StringComparison.Ordinal));
        Assert.Contains("lower left, lower centre, lower right", line, StringComparison.Ordinal);
        Assert.Contains("mostly upright lines", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TwiceAndFromTheFile_IsTheSame()
    {
        var picture = Offline.Samples.Scene();
        Assert.Equal(Drawn.Hints(picture).ToJson().ToJsonString(), Drawn.Hints(picture).ToJson().ToJsonString());
        var png = Drawn.Png(picture);
        Assert.Equal(Read(png, picture).ToJson().ToJsonString(), Read(png, picture).ToJson().ToJsonString());
    }

    [Fact]
    public void Read_ReencodedAsJpeg_HardlyChanges()
    {
        foreach (var picture in new[] { Drawn.RedSquare(), Drawn.Horizon(0.6), Drawn.Symmetric(), Offline.Samples.Scene() })
        {
            var (a, b) = (Read(Drawn.Png(picture), picture), Read(Pictures.Encode(picture, ImageFormat.Jpeg), picture));
            Assert.Equal(a.Background.Kind, b.Background.Kind);
            Assert.Equal(a.Subject.Boxes.Count, b.Subject.Boxes.Count);
            foreach (var (x, y) in a.Subject.Boxes.SelectMany(box => box).Zip(b.Subject.Boxes.SelectMany(box => box))) Assert.InRange(x, y - 20, y + 20);
            Assert.True(a.Thirds.Likeness(b.Thirds) > 0.99);
            Assert.True(DominantColours.Distance(a.Palette.Colours, b.Palette.Colours) < 0.02);
            Assert.Equal(a.Horizon.At, b.Horizon.At, 0.02);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 700)]
    [InlineData(700, 1)]
    [InlineData(2, 3)]
    [InlineData(16, 16)]
    [InlineData(4000, 16)]
    public void Tiny_PicturesGiveFiguresAndNoNaN(int width, int height)
    {
        foreach (var picture in new[] { Drawn.Plain(width, height), Drawn.RedSquare(width, height) })
        {
            var hints = Drawn.Hints(picture);
            // The writer refuses NaN and infinity.
            Assert.NotEmpty(hints.ToJson().ToJsonString());
            Assert.NotEmpty(LayoutWords.Describe(hints, colours: true));
            Assert.NotEmpty(StyleCardReader.Read(Preview.Of(picture)).ToJson().ToJsonString());
        }
    }

    [Fact]
    public void Nothing_ToSeeGivesFiguresAndFewWords()
    {
        var clear = Drawn.Hints(new Picture(64, 64, 4, new byte[64 * 64 * 4]));
        Assert.Equal((0.0, 0.0, 0.0), (clear.Palette.Confidence, clear.Light.Confidence, clear.Subject.Confidence));
        Assert.NotEmpty(clear.ToJson().ToJsonString());
        var plain = Drawn.Hints(Drawn.Plain(200, 100));
        Assert.Equal((0.0, 0.0, 0.0), (plain.Subject.Confidence, plain.Symmetry.Confidence, plain.Detail.Confidence));
        Assert.Equal("cream", Assert.Single(plain.Palette.Colours).Name);
    }

    [Theory]
    [InlineData(ImageFormat.Png, 0.5)]
    [InlineData(ImageFormat.Png, 0.99)]
    [InlineData(ImageFormat.Jpeg, 0.5)]
    [InlineData(ImageFormat.Jpeg, 0.99)]
    [InlineData(ImageFormat.Webp, 0.9)]
    public void Read_CutShort_IsRejected(ImageFormat format, double share)
    {
        var random = new Random(9);
        var whole = Pictures.Encode(Drawn.Fill(1184, 864, (_, v) => ((int)(v * 200) + random.Next(30), 90, 120)), format, effort: 1);
        Assert.Equal((128, 93), (Pictures.Thumbnail(whole, 128).Width, Pictures.Thumbnail(whole, 128).Height));
        Assert.Throws<ImageRejectedException>(() => Pictures.Thumbnail(whole[..(int)(whole.Length * share)], 128));
    }

    private static LayoutHints Read(byte[] bytes, Picture whole) => LayoutReader.Read(Preview.Read(bytes, whole.Width, whole.Height)).Hints;
}
