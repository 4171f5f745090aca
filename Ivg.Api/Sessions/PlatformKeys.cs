using System.Security.Cryptography;
using System.Text;

namespace Ivg.Api.Sessions;

/// <summary>The platforms' keys, compared in constant time: by hash, so that their lengths say nothing either.</summary>
internal sealed class PlatformKeys(IReadOnlyCollection<string> keys)
{
    private readonly byte[][] _hashes = [.. keys.Select(Hash)];

    public bool Any => _hashes.Length > 0;

    public bool Contain(string key)
    {
        var hash = Hash(key);
        var found = false;
        foreach (var known in _hashes) found |= CryptographicOperations.FixedTimeEquals(known, hash);
        return found;
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
