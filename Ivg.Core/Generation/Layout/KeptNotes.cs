using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Ivg.Core.Generation.Layout;

/// <summary>Notes by the SHA-256 of their picture, the latest so many.</summary>
internal sealed class KeptNotes(int most)
{
    private readonly ConcurrentDictionary<string, PictureNote> _notes = new();
    private readonly ConcurrentQueue<string> _order = new();

    /// <summary>The picture's note, made now if it is not kept.</summary>
    public PictureNote Find(byte[] picture, Func<PictureNote> make)
    {
        var key = Convert.ToHexString(SHA256.HashData(picture));
        if (_notes.TryGetValue(key, out var known)) return known;
        var note = make();
        if (!_notes.TryAdd(key, note)) return note;
        _order.Enqueue(key);
        while (_order.Count > most && _order.TryDequeue(out var oldest)) _notes.TryRemove(oldest, out _);
        return note;
    }
}
