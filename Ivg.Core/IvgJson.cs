using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ivg.Core;

/// <summary>The one JSON dialect of API, database and stream: snake_case, enums as words.</summary>
public static class IvgJson
{
    /// <summary>Read-only and shared.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>Sets the dialect on options that a framework made.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.DictionaryKeyPolicy = null;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Configure(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
