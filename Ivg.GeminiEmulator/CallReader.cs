using System.Text.Json;
using Ivg.Core.Images;

namespace Ivg.GeminiEmulator;

/// <summary>Reads a request as strictly as Google does: no unknown member, real base64, media types that are true.</summary>
internal static class CallReader
{
    private static readonly string[] Accepted = ["image/png", "image/jpeg", "image/webp", "image/heic", "image/heif"];

    public static GenerateCall Read(byte[] body, EmulatedModel model)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            throw new BadCallException("Invalid JSON payload received. Unexpected end of string or token.");
        }
        using (document)
            return Read(document.RootElement, model);
    }

    private static GenerateCall Read(JsonElement root, EmulatedModel model)
    {
        var top = new ProtoObject(root, "", "contents", "systemInstruction", "generationConfig", "safetySettings", "serviceTier", "store", "tools", "toolConfig", "cachedContent");
        var parts = top.Items("contents").SelectMany(content => ReadParts(content.Element, content.Path)).ToList();
        if (parts.Count == 0) throw new BadCallException("* GenerateContentRequest.contents: contents is not specified", "contents");
        if (parts.Count(part => part.Picture is not null) > model.MaxImages)
            throw new BadCallException($"Too many images: this model takes at most {model.MaxImages}.", "contents");
        var config = top.Object("generationConfig", "temperature", "topP", "topK", "candidateCount", "maxOutputTokens", "stopSequences", "seed",
            "responseModalities", "mediaResolution", "thinkingConfig", "imageConfig", "responseMimeType");
        if (config?.Int("candidateCount") > 1)
            throw new BadCallException("Multiple candidates is not enabled for this model", config.PathOf("candidateCount"));
        foreach (var (modality, path) in config?.Items("responseModalities") ?? [])
            if (modality.ToString() is not ("TEXT" or "IMAGE")) throw new BadCallException($"Invalid value at '{path}': \"{modality}\"", path);
        var image = config?.Object("imageConfig", "aspectRatio", "imageSize");
        var thinking = config?.Object("thinkingConfig", "thinkingLevel", "includeThoughts", "thinkingBudget");
        var system = top.Find("systemInstruction") is { } instruction ? ReadParts(instruction, top.PathOf("systemInstruction")).Select(part => part.Text) : null;
        return new GenerateCall(parts,
            Among(image, "aspectRatio", model.Knows, "Unsupported aspect ratio"),
            Among(image, "imageSize", size => model.Sizes.Contains(size), "Unsupported image size"),
            config?.Int("seed") ?? 0,
            Among(thinking, "thinkingLevel", level => model.Thinking.Contains(level), "Thinking level is not supported for this model"),
            system is null ? null : string.Join('\n', system),
            top.Flag("store"));
    }

    private static string? Among(ProtoObject? section, string name, Func<string, bool> known, string complaint)
    {
        var value = section?.Text(name);
        return value is null || known(value) ? value : throw new BadCallException($"{complaint}: {value}", section!.PathOf(name));
    }

    private static IEnumerable<CallPart> ReadParts(JsonElement content, string path) =>
        new ProtoObject(content, path, "role", "parts").Items("parts").Select(part => ReadPart(part.Element, part.Path));

    private static CallPart ReadPart(JsonElement element, string path)
    {
        var part = new ProtoObject(element, path, "text", "inlineData", "fileData", "thought", "thoughtSignature", "mediaResolution");
        if (part.Text("text") is { } text) return new CallPart(text, null, null);
        var blob = part.Object("inlineData", "mimeType", "data")
            ?? throw new BadCallException($"* {path}.data: required oneof field 'data' must have one initialized field", path);
        var type = blob.Text("mimeType") ?? "";
        if (!Accepted.Contains(type))
            throw new BadCallException($"Unsupported MIME type: {type}. Supported types: {string.Join(", ", Accepted)}.", blob.PathOf("mimeType"));
        if (blob.Find("data") is not { ValueKind: JsonValueKind.String } data || !data.TryGetBytesFromBase64(out var bytes) || bytes.Length == 0)
            throw new BadCallException($"Invalid value at '{blob.PathOf("data")}' (TYPE_BYTES), Base64 decoding failed.", blob.PathOf("data"));
        if (ImageFormats.Sniff(bytes)?.MediaType() is not { } real) throw new BadCallException("Unable to process input image. Please retry or report in https://example.invalid/");
        if (real != type && !(real is "image/heif" && type is "image/heic")) throw new BadCallException($"Unhandled generated data mime type: {real}");
        return new CallPart(null, type, bytes);
    }
}
