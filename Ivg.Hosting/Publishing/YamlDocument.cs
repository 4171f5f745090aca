using System.Text.Json.Nodes;

namespace Ivg.Hosting.Publishing;

/// <summary>A document with comments above some of its keys.</summary>
/// <param name="Root">What it says.</param>
internal sealed record YamlDocument(JsonNode Root)
{
    /// <summary>By path from the root, as in <c>/spec/replicas</c> or <c>/spec/ports/0</c>; the empty path is the document's head.</summary>
    public Dictionary<string, string> Comments { get; } = [];

    public YamlDocument With(string path, string? comment)
    {
        if (comment is not null)
            Comments[path] = comment;
        return this;
    }
}
