using System.Buffers.Text;
using System.Text.Json;

namespace Ivg.Core.Generation.Gemini;

/// <summary>The body of <c>generateContent</c>; members as Google names them.</summary>
internal sealed record GeminiRequest(
    GeminiRequest.Content? SystemInstruction, IReadOnlyList<GeminiRequest.Content> Contents, GeminiRequest.Config GenerationConfig, bool? Store)
{
    private const int RoomForWords = 32 * 1024;

    public sealed record Content(string? Role, IReadOnlyList<Part> Parts);

    public sealed record Part(string? Text = null, Blob? InlineData = null);

    /// <summary>Bytes go out as base64 without line breaks.</summary>
    public sealed record Blob(string MimeType, byte[] Data);

    public sealed record Config(IReadOnlyList<string> ResponseModalities, Image? ImageConfig, Thinking? ThinkingConfig, int Seed);

    public sealed record Image(string? AspectRatio, string? ImageSize);

    public sealed record Thinking(string ThinkingLevel);

    /// <summary>The request as it is sent.</summary>
    public PooledBuffer ToJson()
    {
        var pictures = Contents.SelectMany(content => content.Parts).Sum(part => Base64.GetMaxEncodedToUtf8Length(part.InlineData?.Data.Length ?? 0));
        var json = new PooledBuffer(pictures + RoomForWords);
        using var writer = new Utf8JsonWriter(json);
        JsonSerializer.Serialize(writer, this, GeminiRequestJson.Default.GeminiRequest);
        return json;
    }

    /// <summary>Puts each picture right behind its label, the source first, and the instruction last.</summary>
    public static GeminiRequest Build(ProviderRequest request, GeminiModel model, GeminiTry attempt, bool sendStore)
    {
        var images = request.Images.Take(model.MaxImages).ToArray();
        var parts = new List<Part>();
        for (var index = 0; index < images.Length; index++)
        {
            var image = attempt.Reencode ? InputImages.Reencode(images[index]) : images[index];
            parts.Add(new Part(Text: request.Prompt.Labels[index]));
            parts.Add(new Part(InlineData: new Blob(image.MediaType, image.Bytes)));
        }
        parts.Add(new Part(Text: request.Prompt.Instruction));
        var ratio = model.Ratios.Contains(request.AspectRatio) ? request.AspectRatio : null;
        return new GeminiRequest(
            new Content(null, [new Part(Text: request.Prompt.System)]),
            [new Content("user", parts)],
            new Config(
                ["IMAGE"],
                ratio is null && model.Size is null ? null : new Image(ratio, model.Size),
                attempt.LessThinking && model.LowThinking is { } level ? new Thinking(level) : null,
                request.Seed),
            sendStore ? false : null);
    }
}
