using System.Text.Json;
using Ivg.Core.Images;

namespace Ivg.GeminiEmulator;

/// <summary>Reads a request as strictly as Google does: no unknown member, real base64, media types that are true.</summary>
internal static class CallReader
{
    private static readonly string[] Accepted = ["image/png", "image/jpeg", "image/webp", "image/heic", "image/heif"];

    private static readonly Dictionary<string, string[]> Members = new()
    {
        [""] = ["contents", "systemInstruction", "generationConfig", "safetySettings", "serviceTier", "store", "tools", "toolConfig", "cachedContent"],
        ["content"] = ["role", "parts"],
        ["part"] = ["text", "inlineData", "fileData", "thought", "thoughtSignature", "mediaResolution"],
        ["inlineData"] = ["mimeType", "data"],
        ["generationConfig"] = ["temperature", "topP", "topK", "candidateCount", "maxOutputTokens", "stopSequences", "seed", "responseModalities", "mediaResolution", "thinkingConfig", "imageConfig", "responseMimeType"],
        ["imageConfig"] = ["aspectRatio", "imageSize"],
        ["thinkingConfig"] = ["thinkingLevel", "includeThoughts", "thinkingBudget"],
    };

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
        var top = Fields(root, "", "");
        var parts = new List<CallPart>();
        foreach (var content in Items(top, "contents", "contents"))
            foreach (var part in Items(Fields(content, "content", "contents[0]"), "parts", "contents.parts"))
                parts.Add(ReadPart(part, $"contents[0].parts[{parts.Count}]"));
        if (parts.Count == 0) throw new BadCallException("* GenerateContentRequest.contents: contents is not specified", "contents");
        if (parts.Count(part => part.Picture is not null) > model.MaxImages)
            throw new BadCallException($"Too many images: this model takes at most {model.MaxImages}.", "contents");
        var config = top.TryGetValue("generationConfig", out var given) ? Fields(given, "generationConfig", "generation_config") : [];
        if (config.TryGetValue("candidateCount", out var count) && count.GetInt32() > 1)
            throw new BadCallException("Multiple candidates is not enabled for this model");
        var image = config.TryGetValue("imageConfig", out var imageConfig) ? Fields(imageConfig, "imageConfig", "generation_config.image_config") : [];
        var thinking = config.TryGetValue("thinkingConfig", out var thinkingConfig) ? Fields(thinkingConfig, "thinkingConfig", "generation_config.thinking_config") : [];
        var ratio = Text(image, "aspectRatio");
        if (ratio is not null && !model.Knows(ratio)) throw new BadCallException($"Unsupported aspect ratio: {ratio}", "generation_config.image_config.aspect_ratio");
        var size = Text(image, "imageSize");
        if (size is not null && !model.Sizes.Contains(size)) throw new BadCallException($"Unsupported image size: {size}", "generation_config.image_config.image_size");
        var system = top.TryGetValue("systemInstruction", out var instruction)
            ? string.Join('\n', Items(Fields(instruction, "content", "system_instruction"), "parts", "system_instruction.parts").Select(part => ReadPart(part, "system_instruction.parts").Text))
            : null;
        return new GenerateCall(parts, ratio, size, config.TryGetValue("seed", out var seed) ? seed.GetInt32() : 0, Text(thinking, "thinkingLevel"), system,
            top.TryGetValue("store", out var store) ? store.GetBoolean() : null);
    }

    private static CallPart ReadPart(JsonElement element, string path)
    {
        var part = Fields(element, "part", path);
        if (Text(part, "text") is { } text) return new CallPart(text, null, null);
        if (!part.TryGetValue("inlineData", out var inline)) throw new BadCallException($"* {path}.data: required oneof field 'data' must have one initialized field", path);
        var blob = Fields(inline, "inlineData", path + ".inline_data");
        var type = Text(blob, "mimeType") ?? "";
        if (!Accepted.Contains(type))
            throw new BadCallException($"Unsupported MIME type: {type}. Supported types: {string.Join(", ", Accepted)}.", path + ".inline_data.mime_type");
        if (!blob.TryGetValue("data", out var data) || !data.TryGetBytesFromBase64(out var bytes) || bytes.Length == 0)
            throw new BadCallException($"Invalid value at '{path}.inline_data.data' (TYPE_BYTES), Base64 decoding failed.", path + ".inline_data.data");
        if (ImageFormats.Sniff(bytes)?.MediaType() is not { } real) throw new BadCallException("Unable to process input image. Please retry or report in https://example.invalid/");
        if (real != type && !(real is "image/heif" && type is "image/heic")) throw new BadCallException($"Unhandled generated data mime type: {real}");
        return new CallPart(null, type, bytes);
    }

    private static Dictionary<string, JsonElement> Fields(JsonElement element, string kind, string path)
    {
        if (element.ValueKind is not JsonValueKind.Object) throw new BadCallException($"Invalid value at '{path}' (type.googleapis.com), expected an object.", path);
        var fields = new Dictionary<string, JsonElement>();
        foreach (var member in element.EnumerateObject())
        {
            var name = Camel(member.Name);
            if (!Members[kind].Contains(name))
                throw new BadCallException($"Invalid JSON payload received. Unknown name \"{member.Name}\"{(path.Length > 0 ? $" at '{path}'" : "")}: Cannot find field.", path);
            fields[name] = member.Value;
        }
        return fields;
    }

    private static JsonElement.ArrayEnumerator Items(Dictionary<string, JsonElement> fields, string name, string path)
    {
        if (!fields.TryGetValue(name, out var value)) return default;
        return value.ValueKind is JsonValueKind.Array ? value.EnumerateArray() : throw new BadCallException($"Invalid value at '{path}', expected a list.", path);
    }

    private static string? Text(Dictionary<string, JsonElement> fields, string name) =>
        fields.TryGetValue(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    // Google's JSON takes both spellings of every member.
    private static string Camel(string name) =>
        string.Concat(name.Split('_').Select((word, index) => index == 0 || word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));
}
