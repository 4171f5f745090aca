using System.Collections.Concurrent;
using Ivg.Core.Images;
using Microsoft.Extensions.Caching.Memory;

namespace Ivg.Api.Images;

/// <summary>Smaller renderings of images, and images as they are: made or fetched once however many ask at the same time, kept in bounded memory for a while, never stored.</summary>
internal sealed class Renderings(DecodeSlots decodes, TimeProvider time) : IDisposable
{
    private const long MostBytes = 64 * 1024 * 1024;

    // Of larger ones too few would fit for any to be there when it is asked for again.
    private const int LargestOriginal = 4 * 1024 * 1024;

    /// <summary>What is asked for at once of an original that is not kept: less costs more questions, more is held by slow clients.</summary>
    public const int Ahead = 5 * OutgoingPicture.Piece;

    // Whoever erases an image meets one replica; the others let go of what they have of it, which nobody can ask for any more, after this long.
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = MostBytes });
    private readonly ConcurrentDictionary<string, Making> _making = new();

    /// <summary>The rendering; null when the original is gone.</summary>
    /// <param name="sha256">Of the original.</param>
    /// <param name="width">Pixels, no more than the original's.</param>
    /// <param name="format">What it is encoded as.</param>
    /// <param name="read">Fetches the original; null when it is gone.</param>
    /// <param name="cancellationToken">Ends the wait, and not the work, which others may wait for.</param>
    public Task<byte[]?> GetAsync(byte[] sha256, int width, ImageFormat format, Func<Task<byte[]?>> read, CancellationToken cancellationToken) =>
        KeptAsync($"{Convert.ToHexStringLower(sha256)}-{width}-{format}", () => RenderAsync(width, format, read), cancellationToken);

    /// <summary>So many bytes of the image as it is, from a place on, or up to <see cref="Ahead"/> where it is not kept; null when it is gone.</summary>
    /// <param name="sha256">Of the image.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="start">Where.</param>
    /// <param name="count">How many.</param>
    /// <param name="read">Fetches a part of it; null when it is gone.</param>
    /// <param name="cancellationToken">Ends the wait, and not the work, which others may wait for.</param>
    public async ValueTask<ReadOnlyMemory<byte>?> OriginalAsync(
        byte[] sha256, int length, int start, int count, Func<int, int, CancellationToken, Task<byte[]?>> read, CancellationToken cancellationToken)
    {
        var key = Convert.ToHexStringLower(sha256);
        if (_kept.TryGetValue(key, out byte[]? kept)) return kept.AsMemory(start, count);
        // Nor is one fetched whole again that was let go of, or found no room, while its answer is under way.
        if (length > LargestOriginal || start > 0)
            return await read(start, Math.Max(count, Math.Min(Ahead, length - start)), cancellationToken) is { } part ? part.AsMemory() : default(ReadOnlyMemory<byte>?);
        return await KeptAsync(key, () => read(0, length, CancellationToken.None), cancellationToken) is { } whole ? whole.AsMemory(start, count) : default(ReadOnlyMemory<byte>?);
    }

    /// <summary>Lets go of all that is kept of an image; what is being made of it just now is for nobody.</summary>
    public void Forget(byte[] sha256)
    {
        var prefix = Convert.ToHexStringLower(sha256);
        foreach (var (key, making) in _making.Where(one => one.Key.StartsWith(prefix, StringComparison.Ordinal)))
        {
            lock (making) making.IsForgotten = true;
            _making.TryRemove(new(key, making));
        }
        foreach (var key in _kept.Keys.Where(key => ((string)key).StartsWith(prefix, StringComparison.Ordinal))) _kept.Remove(key);
    }

    public void Dispose() => _kept.Dispose();

    private async Task<byte[]?> KeptAsync(string key, Func<Task<byte[]?>> make, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_kept.TryGetValue(key, out byte[]? kept)) return kept;
            var making = _making.GetOrAdd(key, _ => new(self => MakeAsync(key, make, self)));
            var made = await making.Result.WaitAsync(cancellationToken);
            // Others may have the same image and it is not theirs that was erased, so each looks for its own once more.
            if (!making.IsForgotten) return made;
        }
    }

    private async Task<byte[]?> MakeAsync(string key, Func<Task<byte[]?>> make, Making making)
    {
        try
        {
            if (await make() is not { } made) return null;
            lock (making)
            {
                if (!making.IsForgotten) _kept.Set(key, made, new MemoryCacheEntryOptions { Size = made.Length, AbsoluteExpiration = time.GetUtcNow() + Kept });
            }
            return made;
        }
        finally
        {
            _making.TryRemove(new(key, making));
        }
    }

    private async Task<byte[]?> RenderAsync(int width, ImageFormat format, Func<Task<byte[]?>> read)
    {
        using var slot = await decodes.TakeAsync(CancellationToken.None);
        return await read() is { } original ? await Task.Run(() => Render(original, width, format)) : null;
    }

    private static byte[] Render(byte[] original, int width, ImageFormat format)
    {
        var picture = Pictures.Decode(original);
        return Pictures.Encode(Pictures.Resize(picture, width, Math.Max(1, (int)Math.Round((double)picture.Height * width / picture.Width))), format);
    }

    private sealed class Making
    {
        private readonly Lazy<Task<byte[]?>> _result;

        public Making(Func<Making, Task<byte[]?>> make) => _result = new(() => make(this));

        /// <summary>Made by the first who asks.</summary>
        public Task<byte[]?> Result => _result.Value;

        public bool IsForgotten { get; set; }
    }
}
