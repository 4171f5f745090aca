using System.Buffers.Text;
using System.Globalization;
using System.Text.Json.Nodes;
using Ivg.Api.Errors;

namespace Ivg.Api.Lists;

/// <summary>A page of a list by keyset: so many rows before an id.</summary>
internal sealed record Page(int Limit, Guid? Before)
{
    /// <summary>Reads <c>limit</c> (1 to 100, 20 unless given) and <c>cursor</c>.</summary>
    public static Page Read(string? limit, string? cursor)
    {
        var count = 20;
        if (limit is not null && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out count) || count is < 1 or > 100))
            throw ApiException.InvalidField("limit", "A whole number from 1 to 100.");
        return new Page(count, cursor is null ? null : Decode(cursor));
    }

    /// <summary>The page as the contract's lists look; <paramref name="last"/> is the last id when more follow.</summary>
    public static IResult Answer(IReadOnlyList<JsonNode> items, Guid? last) => Results.Json(new JsonObject
    {
        ["items"] = new JsonArray([.. items]),
        ["next_cursor"] = Encode(last),
    });

    /// <summary>The cursor that goes on before this id; null for none.</summary>
    public static string? Encode(Guid? last) => last is { } id ? Base64Url.EncodeToString(id.ToByteArray(bigEndian: true)) : null;

    private static Guid Decode(string cursor)
    {
        Span<byte> bytes = stackalloc byte[16];
        return cursor.Length == 22 && Base64Url.IsValid(cursor) && Base64Url.TryDecodeFromChars(cursor, bytes, out var written) && written == 16
            ? new Guid(bytes, bigEndian: true)
            : throw new ApiException(400, "invalid_cursor", "The cursor is not one that this API gave. Start again without it.");
    }
}
