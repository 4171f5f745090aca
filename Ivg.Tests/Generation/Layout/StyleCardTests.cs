using Ivg.Core.Generation;
using Ivg.Core.Generation.Layout;
using Ivg.Core.Images;

namespace Ivg.Tests.Generation.Layout;

public sealed class StyleCardTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(12)]
    public void Strokes_AreMeasuredInPixelsOfTheFullSize(int width)
    {
        var card = Read(Drawn.Fill(1024, 1024, (u, v) => (int)(u * 1024) % 128 < width || (int)(v * 1024) % 256 < width ? (20, 20, 20) : (240, 240, 235)));
        Assert.InRange(card.StrokePx, width - 2, width + 2);
        Assert.True(card is { Flatness: > 0.6, Grain: < 0.004 }, $"{card}");
        Assert.Contains(width > 8 ? "bold lines" : "fine lines", card.Words()[1], StringComparison.Ordinal);
        Assert.StartsWith("palette as measured: ", card.Words()[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Grain_IsToldFromFlatFills()
    {
        var random = new Random(3);
        var grainy = Read(Drawn.Fill(512, 512, (_, _) => (180 + random.Next(20), 170 + random.Next(20), 150 + random.Next(20))));
        var flat = Read(Drawn.RedSquare(512, 512));
        Assert.True(grainy.Grain > 0.012, $"{grainy}");
        Assert.Equal(("flat fills, no grain", 0.0), (flat.Words()[0], flat.Grain));
        Assert.EndsWith("strong grain", grainy.Words()[0], StringComparison.Ordinal);
    }

    [Fact]
    public void PictureNotes_MakeACardOnce()
    {
        var (notes, bytes) = (new PictureNotes(), Drawn.Png(Drawn.RedSquare()));
        var card = notes.Style(bytes).Card;
        Assert.NotNull(card);
        Assert.Same(card, notes.Style([.. bytes]).Card);
        Assert.NotSame(card, notes.Style(Drawn.Png(Drawn.Symmetric())).Card);
    }

    [Fact]
    public void PictureNotes_KeepABoundedNumberOfSourcesAndEveryStyle()
    {
        var notes = new PictureNotes();
        RoleImage shown = new(ImageRole.Source, [], "image/png", 16, 16);
        var first = Drawn.Png(Drawn.Fill(16, 16, (_, _) => (0, 0, 1)));
        var (note, style) = (notes.Source(first, shown, null), notes.Style(first));
        for (var i = 0; i < 300; i++) notes.Source(Drawn.Png(Drawn.Fill(16, 16, (_, _) => (i % 250, i / 250, 9))), shown, null);
        Assert.NotSame(note, notes.Source(first, shown, null));
        Assert.Same(style, notes.Style(first));
    }

    private static StyleCard Read(Picture picture) => StyleCardReader.Read(Preview.Of(picture, StyleCardReader.Side));
}
