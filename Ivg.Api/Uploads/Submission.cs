using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ivg.Api.Errors;

namespace Ivg.Api.Uploads;

/// <summary>What a submit sent, form or JSON alike: its fields as text, and its picture if there was one.</summary>
internal sealed class Submission(IReadOnlyDictionary<string, string> fields, byte[]? image, byte[]? imageHash, byte[] hash)
{
    /// <summary>The uploaded file; null when none was sent.</summary>
    public byte[]? Image { get; } = image;

    /// <summary>SHA-256 of the uploaded file.</summary>
    public byte[]? ImageHash { get; } = imageHash;

    /// <summary>SHA-256 over everything that was sent, in the order of the fields' names.</summary>
    public byte[] Hash { get; } = hash;

    /// <summary>What was sent to an address.</summary>
    public static Submission Of(string path, IReadOnlyDictionary<string, string> fields, byte[]? image)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(path));
        foreach (var (name, value) in fields.OrderBy(field => field.Key, StringComparer.Ordinal))
            hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(new[] { name, value }));
        var imageHash = image is null ? null : SHA256.HashData(image);
        if (imageHash is not null) hash.AppendData(imageHash);
        return new Submission(fields, image, imageHash, hash.GetHashAndReset());
    }

    /// <summary>A field's text; null when it was left out or empty.</summary>
    public string? Text(string name, int longest = 200)
    {
        if (!fields.TryGetValue(name, out var value) || value.Length == 0) return null;
        if (value.Contains('\0', StringComparison.Ordinal)) throw ApiException.InvalidField(name, "A character with the code 0 cannot be stored.");
        return value.Length <= longest ? value : throw ApiException.InvalidField(name, $"At most {longest} characters.");
    }

    /// <summary>A field that is one of a few words.</summary>
    public string Choice(string name, string fallback, params IEnumerable<string> choices) =>
        Text(name) is not { } value ? fallback
        : choices.Contains(value) ? value
        : throw ApiException.InvalidField(name, $"One of {string.Join(", ", choices)}.");

    /// <summary>A whole number within its bounds; null when it was left out.</summary>
    public int? Number(string name, int least, int most) =>
        Text(name) is not { } value ? null
        : int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw ApiException.InvalidField(name, $"A whole number from {least} to {most}.");

    /// <summary>A yes or no; null when it was left out. A checked HTML checkbox says <c>on</c>.</summary>
    public bool? Flag(string name) => Text(name)?.ToLowerInvariant() switch
    {
        null => null,
        "true" or "1" or "on" => true,
        "false" or "0" or "off" => false,
        _ => throw ApiException.InvalidField(name, "true or false."),
    };

    /// <summary>An id; null when it was left out.</summary>
    public Guid? Id(string name) =>
        Text(name) is not { } value ? null
        : Guid.TryParseExact(value, "D", out var id) ? id
        : throw ApiException.InvalidField(name, "A UUID, as the API gives them.");
}
