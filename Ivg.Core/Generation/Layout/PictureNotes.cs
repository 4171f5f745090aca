using Ivg.Core.Images;

namespace Ivg.Core.Generation.Layout;

/// <summary>
/// Notes on pictures by their SHA-256, made once in a process: kept for the latest sources, and for every style, however many sources
/// come by. A process's memory, and not a column beside the style: a card takes some 60 ms once, is read with the code that made it,
/// and needs no migration when measuring changes.
/// </summary>
internal sealed class PictureNotes
{
    // About 20 KB each. Of styles more than anybody has, so that what was changed time and again is forgotten some day.
    private readonly KeptNotes _sources = new(256);
    private readonly KeptNotes _styles = new(1024);

    /// <param name="bytes">The file as it is stored.</param>
    /// <param name="shown">The same picture as it is sent, which knows its size.</param>
    /// <param name="decoded">Its pixels, where it had to be decoded anyway.</param>
    /// <exception cref="ImageRejectedException">It cannot be read to its end.</exception>
    public PictureNote Source(byte[] bytes, RoleImage shown, Picture? decoded) => _sources.Find(bytes, () =>
    {
        var (hints, print) = LayoutReader.Read(decoded is null ? Preview.Read(bytes, shown.Width, shown.Height) : Preview.Of(decoded));
        return new PictureNote(hints, print, null);
    });

    /// <param name="bytes">A style's reference image as it is stored.</param>
    /// <exception cref="ImageRejectedException">It cannot be read to its end.</exception>
    public PictureNote Style(byte[] bytes) => _styles.Find(bytes, () =>
    {
        var medium = Pictures.Thumbnail(bytes, StyleCardReader.Side);
        var (hints, print) = LayoutReader.Read(Preview.Of(medium));
        return new PictureNote(hints, print, StyleCardReader.Read(Preview.Of(medium, StyleCardReader.Side)));
    });
}
