using System.Buffers;

namespace Ivg.Api.Sessions;

internal static class HexExtensions
{
    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    public static bool ContainsOnlyHex(this ReadOnlySpan<char> text) => !text.ContainsAnyExcept(LowerHex);
}
