using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Ivg.Migrator.Styles;

/// <summary>A style's <c>guide.md</c>: front matter between two lines of three dashes, then the rules.</summary>
internal sealed record StyleGuide(string Name, string Summary, int Order, string Body)
{
    private static readonly IDeserializer Yaml =
        new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).IgnoreUnmatchedProperties().Build();

    /// <exception cref="InvalidDataException">There is no front matter, or a member of it is missing.</exception>
    public static StyleGuide Parse(string text)
    {
        var parts = text.ReplaceLineEndings("\n").Split("---\n", 3);
        if (parts.Length < 3 || parts[0].Trim().Length > 0) throw new InvalidDataException("guide.md has no front matter between lines of ---");
        var matter = Yaml.Deserialize<FrontMatter>(parts[1]) ?? new FrontMatter();
        if (string.IsNullOrWhiteSpace(matter.Name)) throw new InvalidDataException("guide.md names no name");
        if (string.IsNullOrWhiteSpace(matter.Summary)) throw new InvalidDataException("guide.md names no summary");
        if (string.IsNullOrWhiteSpace(parts[2])) throw new InvalidDataException("guide.md has no rules below its front matter");
        return new StyleGuide(matter.Name.Trim(), matter.Summary.Trim(), matter.Order, parts[2].Trim());
    }

    private sealed class FrontMatter
    {
        public string? Name { get; set; }
        public string? Summary { get; set; }
        public int Order { get; set; } = 1000;
    }
}
