namespace Ivg.GeminiEmulator;

/// <summary>A model as far as a client can tell it from others.</summary>
/// <param name="Sizes">Values of <c>imageSize</c>.</param>
/// <param name="WideRatios">Whether it knows 1:4, 4:1, 1:8 and 8:1 too.</param>
/// <param name="MaxImages">Pictures in a request.</param>
/// <param name="Thinking">Values of <c>thinkingLevel</c>; none where the model does not think, or lets nobody say how much.</param>
/// <param name="Jpeg">Whether it answers with a JPEG.</param>
/// <param name="Retired">Answers 404.</param>
/// <param name="AnsweredBy">The model that really answers, where it has been rerouted.</param>
/// <param name="Seconds">Usual latency at 1K.</param>
/// <param name="Overrides">Pixels at 1K that differ from the common table.</param>
internal sealed record EmulatedModel(
    string[] Sizes, bool WideRatios, int MaxImages, string[] Thinking, bool Jpeg = false, bool Retired = false, string? AnsweredBy = null, double Seconds = 8,
    Dictionary<string, (int Width, int Height)>? Overrides = null)
{
    private static readonly Dictionary<string, (int Width, int Height)> Common = new()
    {
        ["1:1"] = (1024, 1024), ["2:3"] = (832, 1248), ["3:2"] = (1248, 832), ["3:4"] = (864, 1184), ["4:3"] = (1184, 864),
        ["4:5"] = (896, 1152), ["5:4"] = (1152, 896), ["9:16"] = (768, 1344), ["16:9"] = (1344, 768), ["21:9"] = (1536, 672),
    };

    private static readonly Dictionary<string, (int Width, int Height)> Wide = new()
    {
        ["1:4"] = (512, 2064), ["4:1"] = (2064, 512), ["1:8"] = (352, 2928), ["8:1"] = (2928, 352),
    };

    public static IReadOnlyDictionary<string, EmulatedModel> All { get; } = new Dictionary<string, EmulatedModel>
    {
        ["gemini-2.5-flash-image"] = new(["1K"], false, 3, [], Seconds: 6),
        ["gemini-2.5-flash-image-preview"] = new(["1K"], false, 3, [], Retired: true),
        ["gemini-3-pro-image-preview"] = new(["1K", "2K", "4K"], false, 14, [], Retired: true),
        ["gemini-3.1-flash-image-preview"] = new(["512", "1K", "2K", "4K"], true, 14, [], Retired: true),
        ["gemini-3-pro-image"] = new(["1K", "2K", "4K"], false, 14, [], Seconds: 20, Overrides: new() { ["4:3"] = (1200, 896), ["3:4"] = (896, 1200) }),
        ["gemini-3.1-flash-image"] = new(["512", "1K", "2K", "4K"], true, 14, ["MINIMAL", "HIGH"], AnsweredBy: "gemini-nano-banana-2.1"),
        ["gemini-3.1-flash-lite-image"] = new(["1K"], true, 14, [], Jpeg: true, Seconds: 4),
        ["gemini-nano-banana-2.1"] = new(["1K", "2K", "4K"], true, 14, ["MINIMAL", "MEDIUM", "HIGH"], Overrides: new() { ["9:16"] = (768, 1376), ["16:9"] = (1376, 768) }),
    };

    public bool Knows(string ratio) => Common.ContainsKey(ratio) || (WideRatios && Wide.ContainsKey(ratio));

    public (int Width, int Height) Pixels(string ratio, string size)
    {
        var (width, height) = Overrides is not null && Overrides.TryGetValue(ratio, out var own) ? own
            : Common.TryGetValue(ratio, out var common) ? common : Wide[ratio];
        return size switch
        {
            "512" => (width / 2, height / 2),
            "2K" => (width * 2, height * 2),
            "4K" => (width * 4, height * 4),
            _ => (width, height),
        };
    }

    /// <summary>The ratio nearest to a picture's own: what a model takes when it is told none.</summary>
    public static string Nearest(int width, int height) =>
        Common.MinBy(entry => Math.Abs(Math.Log((double)entry.Value.Width / entry.Value.Height * height / width))).Key;
}
