using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Ivg.Core.BackgroundRemoval;

/// <summary>Files whose SHA-256 was compared; each is read again only when its length or its time of writing has changed.</summary>
internal sealed class VerifiedFiles
{
    private readonly ConcurrentDictionary<string, (long Length, DateTime Written)> _stamps = new();

    /// <summary>Whether the file has this hash, in lower-case hexadecimal digits.</summary>
    public async Task<bool> HasAsync(string path, string sha256, CancellationToken cancellationToken)
    {
        // Taken before the file is read: what somebody changes meanwhile is read anew the next time.
        var stamp = Stamp(path);
        if (_stamps.TryGetValue(path, out var known) && known == stamp) return true;
        if (await HashAsync(path, cancellationToken) != sha256) return false;
        _stamps[path] = stamp;
        return true;
    }

    /// <summary>Takes the file, as it now is, for verified.</summary>
    public void Add(string path) => _stamps[path] = Stamp(path);

    /// <summary>Length in bytes; null where no file is.</summary>
    public static long? Length(string path) => File.Exists(path) && Target(path) is { Exists: true } file ? file.Length : null;

    /// <summary>SHA-256 of the whole file, in lower-case hexadecimal digits.</summary>
    public static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
    }

    private static (long Length, DateTime Written) Stamp(string path)
    {
        var file = Target(path);
        return (file.Length, file.LastWriteTimeUtc);
    }

    // A link's own length is that of its text; shared folders of weights are often made of links.
    private static FileInfo Target(string path) => File.ResolveLinkTarget(path, returnFinalTarget: true) as FileInfo ?? new FileInfo(path);
}
