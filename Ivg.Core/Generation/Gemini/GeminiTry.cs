namespace Ivg.Core.Generation.Gemini;

/// <summary>What is different about asking again after an answer without a picture.</summary>
/// <param name="Number">How often the image was asked for before.</param>
/// <param name="Reword">Say once more that only an image will do.</param>
/// <param name="Reencode">Send the same pictures in other bytes.</param>
/// <param name="LessThinking">Leave the tokens to the picture.</param>
internal sealed record GeminiTry(int Number = 0, bool Reword = false, bool Reencode = false, bool LessThinking = false)
{
    /// <summary>The request as this try sends it. Its seed is far from the siblings', so that a second try is not one of their pictures.</summary>
    public ProviderRequest Apply(ProviderRequest request) => request with
    {
        Seed = unchecked(request.Seed + Number * 7919),
        Prompt = Reword ? PromptBuilder.ImageOnly(request.Prompt) : request.Prompt,
    };

    /// <summary>The next try, given what the last one ended with.</summary>
    public GeminiTry After(GeminiVerdict verdict) => new(
        Number + 1,
        Reword || verdict.Remedy is GeminiRemedy.Reword,
        Reencode || verdict.Remedy is GeminiRemedy.Reencode,
        LessThinking || verdict.Remedy is GeminiRemedy.LessThinking);
}
