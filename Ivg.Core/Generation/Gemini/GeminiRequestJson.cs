using System.Text.Json.Serialization;

namespace Ivg.Core.Generation.Gemini;

// Request and response have parts of the same names, so each has its own context.
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(GeminiRequest))]
internal sealed partial class GeminiRequestJson : JsonSerializerContext;
