using System.Globalization;
using System.Text.Json;

namespace Ivg.GeminiEmulator;

/// <summary>A JSON object read as Google reads it: every member in either spelling, none unknown, each value of its kind.</summary>
internal sealed class ProtoObject
{
    private readonly Dictionary<string, JsonElement> _members = [];
    private readonly string _path;

    public ProtoObject(JsonElement element, string path, params ReadOnlySpan<string> known)
    {
        _path = path;
        if (element.ValueKind is not JsonValueKind.Object) throw Wrong(path, "an object");
        foreach (var member in element.EnumerateObject())
        {
            var name = Camel(member.Name);
            if (!known.Contains(name))
                throw new BadCallException($"Invalid JSON payload received. Unknown name \"{member.Name}\"{(path.Length > 0 ? $" at '{path}'" : "")}: Cannot find field.", path);
            if (member.Value.ValueKind is not JsonValueKind.Null) _members[name] = member.Value;
        }
    }

    /// <summary>Where a member stands, as errors name it: <c>contents[0].parts[1].inline_data</c>.</summary>
    public string PathOf(string name)
    {
        var snake = string.Concat(name.Select(letter => char.IsAsciiLetterUpper(letter) ? "_" + char.ToLowerInvariant(letter) : letter.ToString()));
        return _path.Length == 0 ? snake : $"{_path}.{snake}";
    }

    public JsonElement? Find(string name) => _members.TryGetValue(name, out var value) ? value : null;

    public string? Text(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value => value.GetString(),
        _ => throw Wrong(PathOf(name), "a string"),
    };

    /// <summary>A number, or one in quotes, which Google takes as well.</summary>
    public int? Int(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt32(out var number) => number,
        { ValueKind: JsonValueKind.String } value when int.TryParse(value.GetString(), CultureInfo.InvariantCulture, out var number) => number,
        _ => throw Wrong(PathOf(name), "an integer of 32 bits"),
    };

    public bool? Flag(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True or JsonValueKind.False } value => value.GetBoolean(),
        _ => throw Wrong(PathOf(name), "true or false"),
    };

    public ProtoObject? Object(string name, params ReadOnlySpan<string> known) => Find(name) is { } value ? new(value, PathOf(name), known) : null;

    public IEnumerable<(JsonElement Element, string Path)> Items(string name) => Find(name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray().Select((item, index) => (item, $"{PathOf(name)}[{index}]")),
        _ => throw Wrong(PathOf(name), "a list"),
    };

    private static BadCallException Wrong(string path, string expected) => new($"Invalid value at '{path}', expected {expected}.", path);

    private static string Camel(string name) =>
        string.Concat(name.Split('_').Select((word, index) => index == 0 || word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));
}
