using System.Text.Json.Nodes;
using Ivg.Tests.Architecture;

namespace Ivg.Tests.Contract;

/// <summary>The API's document as it is checked in.</summary>
internal static class ApiDocument
{
    private static readonly HashSet<string> Methods = ["get", "head", "post", "put", "patch", "delete"];

    public static string File { get; } = Path.Combine(Repository.Root, "docs", "openapi.json");

    public static JsonObject Root { get; } = JsonNode.Parse(System.IO.File.ReadAllText(File))!.AsObject();

    public static IReadOnlyList<(string Method, string Path, JsonObject Operation)> Operations { get; } =
    [
        .. Root["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Where(one => Methods.Contains(one.Key))
            .Select(one => (one.Key.ToUpperInvariant(), path.Key, one.Value!.AsObject()))),
    ];

    /// <summary>Whether anybody may call it, without a session.</summary>
    public static bool IsPublic(JsonObject operation) => operation["security"] is JsonArray { Count: 0 };

    /// <summary>Follows a reference within the document.</summary>
    public static JsonNode Resolve(JsonNode node) => (string?)node["$ref"] is { } reference
        ? reference.Split('/').Skip(1).Aggregate((JsonNode)Root, (at, name) => at[name]!)
        : node;
}
