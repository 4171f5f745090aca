using System.Text.Json.Serialization;

namespace Ivg.Core.Generation.Gemini;

/// <summary>What is read of an answer. Every member may be missing, and reasons are strings because new ones keep coming.</summary>
internal sealed record GeminiResponse(
    IReadOnlyList<GeminiResponse.Candidate?>? Candidates, GeminiResponse.Feedback? PromptFeedback, GeminiResponse.Usage? UsageMetadata,
    string? ModelVersion, string? ResponseId)
{
    public sealed record Candidate(Content? Content, string? FinishReason);

    public sealed record Content(IReadOnlyList<Part?>? Parts);

    public sealed record Part(string? Text, Blob? InlineData, bool? Thought);

    /// <summary>Data is empty where the base64 is broken.</summary>
    public sealed record Blob([property: JsonConverter(typeof(LenientBase64Converter))] byte[]? Data);

    public sealed record Feedback(string? BlockReason);

    public sealed record Usage(int? PromptTokenCount, int? CandidatesTokenCount, int? ThoughtsTokenCount);
}
