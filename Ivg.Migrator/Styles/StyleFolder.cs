using System.Security.Cryptography;
using System.Text.Json;
using Ivg.Core;
using Ivg.Core.Images;
using Ivg.Core.Styles;
using YamlDotNet.Core;

namespace Ivg.Migrator.Styles;

/// <summary>A style as its folder holds it: <c>guide.md</c>, <c>profile.json</c>, <c>reference.png</c>.</summary>
internal sealed record StyleFolder(string StyleId, StyleGuide Guide, string Profile, byte[] Reference, ImageInfo ReferenceInfo, byte[] ContentSha256)
{
    /// <summary>Reads and checks a folder.</summary>
    /// <exception cref="InvalidDataException">Something in it is missing or wrong; the message says what.</exception>
    public static async Task<StyleFolder> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var styleId = Path.GetFileName(path);
            if (!StyleIds.IsValid(styleId)) throw new InvalidDataException("the folder's name is no slug (lower-case letters, digits and hyphens)");
            var guide = await File.ReadAllBytesAsync(Path.Combine(path, "guide.md"), cancellationToken);
            var profile = await File.ReadAllBytesAsync(Path.Combine(path, "profile.json"), cancellationToken);
            var reference = await File.ReadAllBytesAsync(Path.Combine(path, "reference.png"), cancellationToken);
            var traits = JsonSerializer.Deserialize<StyleProfile>(profile, IvgJson.Options) ?? throw new InvalidDataException("profile.json is empty");
            StyleProfiles.Check(traits);
            _ = Pictures.Decode(reference, maxSide: 64);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var content in new[] { guide, profile, reference })
            {
                hash.AppendData(BitConverter.GetBytes((long)content.Length));
                hash.AppendData(content);
            }
            return new StyleFolder(styleId, StyleGuide.Parse(System.Text.Encoding.UTF8.GetString(guide)), JsonSerializer.Serialize(traits, IvgJson.Options),
                reference, Pictures.Identify(reference), hash.GetHashAndReset());
        }
        catch (Exception e) when (e is IOException or JsonException or YamlException or ImageRejectedException or UnauthorizedAccessException)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }
}
