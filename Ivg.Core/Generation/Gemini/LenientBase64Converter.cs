using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ivg.Core.Generation.Gemini;

/// <summary>Reads broken base64 as no bytes, so that one bad part does not hide why the answer ended.</summary>
internal sealed class LenientBase64Converter : JsonConverter<byte[]>
{
    public override byte[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String && reader.TryGetBytesFromBase64(out var bytes) ? bytes : [];

    public override void Write(Utf8JsonWriter writer, byte[] value, JsonSerializerOptions options) => writer.WriteBase64StringValue(value);
}
