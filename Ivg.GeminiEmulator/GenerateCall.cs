namespace Ivg.GeminiEmulator;

/// <summary>A request that was found in order.</summary>
internal sealed record GenerateCall(
    IReadOnlyList<CallPart> Parts, string? AspectRatio, string? ImageSize, int Seed, string? ThinkingLevel, string? SystemText, bool? Store)
{
    public IReadOnlyList<byte[]> Pictures { get; } = [.. Parts.Where(part => part.Picture is not null).Select(part => part.Picture!)];

    public string Words => string.Join('\n', Parts.Where(part => part.Text is not null).Select(part => part.Text));
}
