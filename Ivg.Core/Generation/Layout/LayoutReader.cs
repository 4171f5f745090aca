namespace Ivg.Core.Generation.Layout;

/// <summary>Measures a small copy once for all hints.</summary>
internal static class LayoutReader
{
    /// <summary>All hints, and what later pictures are compared by.</summary>
    public static (LayoutHints Hints, Fingerprint Print) Read(Preview preview)
    {
        var (width, height) = (preview.Lab.Width, preview.Lab.Height);
        var (backdrop, figure, edges, print) = Compare(preview);
        return (new LayoutHints(
            FrameHint.Of(preview),
            PaletteHint.Of(preview),
            LightHint.Of(preview),
            BackgroundHint.Of(backdrop),
            SubjectHint.Of(figure, width, height),
            print.Thirds,
            SymmetryHint.Of(print),
            DetailHint.Of(edges),
            HorizonHint.Of(edges),
            MarginsHint.Of(figure, width, height)), print);
    }

    /// <summary>Only what comparing takes: cheaper, for results.</summary>
    public static Fingerprint ReadPrint(Preview preview) => Compare(preview).Print;

    private static (Backdrop Backdrop, Figure Figure, EdgeField Edges, Fingerprint Print) Compare(Preview preview)
    {
        var (width, height) = (preview.Lab.Width, preview.Lab.Height);
        var backdrop = Backdrop.Of(preview);
        var figure = Figure.Of(backdrop, width, height);
        var edges = EdgeField.Of(preview.Lab);
        return (backdrop, figure, edges, Fingerprint.Of(preview, edges, ThirdsHint.Of(backdrop, figure, width, height)));
    }
}
