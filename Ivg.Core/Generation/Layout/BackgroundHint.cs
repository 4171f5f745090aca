namespace Ivg.Core.Generation.Layout;

/// <summary>The ground, judged by a ring along the border.</summary>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Kind">Plain, gradient, busy or transparent.</param>
/// <param name="Hex">The border's middle colour, <c>#rrggbb</c>; null for a transparent one.</param>
/// <param name="Name">The same in words.</param>
internal sealed record BackgroundHint(double Confidence, BackgroundKind Kind, string? Hex, string? Name)
{
    public static BackgroundHint Of(Backdrop backdrop)
    {
        var colour = backdrop.Colour is { } middle ? ColourShare.Of(middle, 1) : null;
        return new BackgroundHint(
            backdrop.Kind is BackgroundKind.Busy ? Figures.Share(backdrop.Share * 2) : Figures.Share((backdrop.Share - 0.6) / 0.3), backdrop.Kind, colour?.Hex, colour?.Name);
    }
}
