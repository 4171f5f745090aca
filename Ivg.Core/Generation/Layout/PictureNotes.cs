using System.Collections.Concurrent;
using System.Security.Cryptography;
using Ivg.Core.Images;

namespace Ivg.Core.Generation.Layout;

/// <summary>
/// Notes on pictures by their SHA-256, made once in a process and kept for the latest of them. A process's memory, and not a column
/// beside the style: a card takes some 60 ms once, is read with the code that made it, and needs no migration when measuring changes.
/// </summary>
internal sealed class PictureNotes
{
    /// <summary>Most notes kept; each is about 20 KB.</summary>
    private const int Most = 256;

    private readonly ConcurrentDictionary<string, PictureNote> _notes = new();
    private readonly ConcurrentQueue<string> _order = new();

    /// <param name="bytes">The file as it is stored.</param>
    /// <param name="shown">The same picture as it is sent, which knows its size.</param>
    /// <param name="decoded">Its pixels, where it had to be decoded anyway.</param>
    /// <exception cref="ImageRejectedException">It cannot be read to its end.</exception>
    public PictureNote Source(byte[] bytes, RoleImage shown, Picture? decoded) => Find("source", bytes, () =>
    {
        var (hints, print) = LayoutReader.Read(decoded is null ? Preview.Read(bytes, shown.Width, shown.Height) : Preview.Of(decoded));
        return new PictureNote(hints, print, null);
    });

    /// <param name="bytes">A style's reference image as it is stored.</param>
    /// <exception cref="ImageRejectedException">It cannot be read to its end.</exception>
    public PictureNote Style(byte[] bytes) => Find("style", bytes, () =>
    {
        var medium = Pictures.Thumbnail(bytes, StyleCardReader.Side);
        var (hints, print) = LayoutReader.Read(Preview.Of(medium));
        return new PictureNote(hints, print, StyleCardReader.Read(Preview.Of(medium, StyleCardReader.Side)));
    });

    private PictureNote Find(string kind, byte[] bytes, Func<PictureNote> make)
    {
        var key = kind + Convert.ToHexString(SHA256.HashData(bytes));
        if (_notes.TryGetValue(key, out var known)) return known;
        var note = make();
        if (!_notes.TryAdd(key, note)) return note;
        _order.Enqueue(key);
        while (_order.Count > Most && _order.TryDequeue(out var oldest)) _notes.TryRemove(oldest, out _);
        return note;
    }
}
