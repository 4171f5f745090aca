namespace Ivg.Tests.BadInputs;

/// <summary>All bad inputs.</summary>
internal static class BadInputs
{
    public static IReadOnlyList<BadInput> All { get; } =
    [
        .. MultipartInputs.All(), .. TruncatedInputs.All(), .. ForeignFileInputs.All(), .. BombInputs.All(), .. TextInputs.All(), .. JsonInputs.All(), .. AddressInputs.All(),
    ];

    /// <summary>One line each, as they are checked in.</summary>
    public static IEnumerable<string> Lines => All.Select(input => $"{input.Status} {(input.Code.Length > 0 ? input.Code : "-")}  {Printable(input.Name)}");

    private static string Printable(string text) => string.Concat(text.Select(c => c is < ' ' or > '~' ? $"\\u{(int)c:x4}" : c.ToString()));
}
