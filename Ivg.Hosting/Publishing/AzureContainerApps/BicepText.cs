using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ivg.Hosting.Publishing.AzureContainerApps;

/// <summary>Writes values as Bicep. A string that begins with <see cref="Expression"/> is an expression and stands as it is.</summary>
internal static class BicepText
{
    public const string Expression = "=";

    public static string Value(YamlDocument document, int depth = 0)
    {
        var text = new StringBuilder();
        Write(text, document, document.Root, "", depth);
        return text.ToString();
    }

    public static string Literal(string value) => $"'{value
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)
        .Replace("${", "\\${", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}'";

    private static void Write(StringBuilder text, YamlDocument document, JsonNode? node, string path, int depth)
    {
        switch (node)
        {
            case JsonObject { Count: > 0 } map:
                text.Append("{\n");
                foreach (var (key, value) in map)
                    Line(text, document, value, $"{path}/{key}", depth + 1, $"{key}: ");
                text.Append(' ', depth * 2).Append('}');
                break;
            case JsonArray { Count: > 0 } list:
                text.Append("[\n");
                for (var i = 0; i < list.Count; i++)
                    Line(text, document, list[i], $"{path}/{i}", depth + 1, "");
                text.Append(' ', depth * 2).Append(']');
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                var said = value.GetValue<string>();
                text.Append(said.StartsWith(Expression, StringComparison.Ordinal) ? said[Expression.Length..] : Literal(said));
                break;
            default:
                text.Append(node?.ToJsonString() ?? "null");
                break;
        }
    }

    private static void Line(StringBuilder text, YamlDocument document, JsonNode? value, string path, int depth, string before)
    {
        if (document.Comments.TryGetValue(path, out var comment))
            foreach (var line in comment.Split('\n'))
                text.Append(' ', depth * 2).Append("// ").Append(line).Append('\n');
        text.Append(' ', depth * 2).Append(before);
        Write(text, document, value, path, depth);
        text.Append('\n');
    }
}
