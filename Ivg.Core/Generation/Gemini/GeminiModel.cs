namespace Ivg.Core.Generation.Gemini;

/// <summary>What a model can be asked for.</summary>
/// <param name="Ratios">Aspect ratios it takes; another one is not sent.</param>
/// <param name="Size">The <c>imageSize</c> to ask for; null where the model has one size and no such setting.</param>
/// <param name="MaxImages">Pictures it takes in one request.</param>
/// <param name="LowThinking">The level that leaves most tokens to the picture; null where it cannot be set.</param>
internal sealed record GeminiModel(IReadOnlyList<string> Ratios, string? Size, int MaxImages, string? LowThinking)
{
    // Sizes and thinking are left to an unknown model's own defaults: a setting it does not know is a 400.
    private static readonly GeminiModel Unknown = new(AspectRatios.Known, Size: null, MaxImages: 3, LowThinking: null);

    private static readonly Dictionary<string, GeminiModel> Table = new(StringComparer.Ordinal)
    {
        ["gemini-2.5-flash-image"] = Unknown,
        ["gemini-3-pro-image"] = new(AspectRatios.Known, "1K", MaxImages: 14, LowThinking: null),
        ["gemini-3.1-flash-image"] = new(AspectRatios.Known, "1K", MaxImages: 14, "MINIMAL"),
        ["gemini-3.1-flash-lite-image"] = new(AspectRatios.Known, "1K", MaxImages: 14, LowThinking: null),
        ["gemini-nano-banana-2.1"] = new(AspectRatios.Known, "1K", MaxImages: 14, "MINIMAL"),
    };

    /// <summary>By id, never by a pattern in it: names of image models follow none.</summary>
    public static GeminiModel Find(string id) => Table.GetValueOrDefault(id, Unknown);
}
