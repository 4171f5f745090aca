using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Ivg.Hosting.Publishing;

/// <summary>Writes documents as YAML that people read: the telling keys first, comments where somebody has to decide.</summary>
internal static partial class YamlText
{
    private const int Unfolded = int.MaxValue;

    // What a reader looks for first; the rest follows in the order of the document.
    private static readonly string[] First = ["apiVersion", "kind", "type", "metadata", "name", "namespace", "image", "labels"];

    public static string Write(IEnumerable<YamlDocument> documents)
    {
        var text = new StringWriter { NewLine = "\n" };
        var emitter = new Emitter(text, new EmitterSettings().WithBestWidth(Unfolded).WithoutAnchorName().WithIndentedSequences());
        emitter.Emit(new StreamStart());
        var first = true;
        foreach (var document in documents)
        {
            emitter.Emit(new DocumentStart(null, null, isImplicit: first));
            first = false;
            Comment(emitter, document, "");
            Node(emitter, document, document.Root, "");
            emitter.Emit(new DocumentEnd(isImplicit: true));
        }

        emitter.Emit(new StreamEnd());
        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static void Node(Emitter emitter, YamlDocument document, JsonNode? node, string path)
    {
        switch (node)
        {
            case JsonObject map:
                emitter.Emit(new MappingStart(null, null, isImplicit: true, map.Count == 0 ? MappingStyle.Flow : MappingStyle.Block));
                foreach (var (key, value) in map.OrderBy(pair => Array.IndexOf(First, pair.Key) is var at and >= 0 ? at : First.Length))
                {
                    Comment(emitter, document, $"{path}/{key}");
                    emitter.Emit(Text(key));
                    Node(emitter, document, value, $"{path}/{key}");
                }

                emitter.Emit(new MappingEnd());
                break;
            case JsonArray list:
                var inline = list.Count == 0 || (list.Count < 6 && list.All(item => item is JsonValue) && list.Sum(item => item!.ToString().Length) < 80);
                emitter.Emit(new SequenceStart(null, null, isImplicit: true, inline ? SequenceStyle.Flow : SequenceStyle.Block));
                for (var i = 0; i < list.Count; i++)
                {
                    Comment(emitter, document, $"{path}/{i}");
                    Node(emitter, document, list[i], $"{path}/{i}");
                }

                emitter.Emit(new SequenceEnd());
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                emitter.Emit(Text(value.GetValue<string>()));
                break;
            default:
                emitter.Emit(new Scalar(null, null, node?.ToJsonString() ?? "null", ScalarStyle.Plain, isPlainImplicit: true, isQuotedImplicit: false));
                break;
        }
    }

    private static Scalar Text(string value)
    {
        var style = value.Contains('\n', StringComparison.Ordinal) ? ScalarStyle.Literal : ReadsAsSomethingElse().IsMatch(value) ? ScalarStyle.DoubleQuoted : ScalarStyle.Any;
        return new Scalar(null, null, value, style, isPlainImplicit: true, isQuotedImplicit: true);
    }

    private static void Comment(Emitter emitter, YamlDocument document, string path)
    {
        if (document.Comments.TryGetValue(path, out var comment))
            emitter.Emit(new Comment(comment, isInline: false));
    }

    // Numbers, dates, booleans of YAML 1.1 and 1.2, null, and nothing at all.
    [GeneratedRegex(@"^(?:|~|null|true|false|yes|no|on|off|y|n|[-+.]?[0-9][0-9eExXa-fA-F_.:+-]*|\.inf|\.nan)$", RegexOptions.IgnoreCase)]
    private static partial Regex ReadsAsSomethingElse();
}
