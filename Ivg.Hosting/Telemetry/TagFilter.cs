namespace Ivg.Hosting.Telemetry;

/// <summary>A wish for one attribute: <c>name:value</c> equals, <c>name:~text</c> contains, <c>name:</c> is there at all.</summary>
internal sealed record TagFilter(string Name, string Value, bool Contains)
{
    /// <returns>Null for a text without a name.</returns>
    public static TagFilter? Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0)
            return null;

        var value = text[(colon + 1)..];
        return value.StartsWith('~') ? new TagFilter(text[..colon], value[1..], true) : new TagFilter(text[..colon], value, value.Length == 0);
    }

    public bool Matches(Tag[] tags)
    {
        foreach (var tag in tags)
            if (tag.Name == Name && (Contains ? tag.Value.Contains(Value, StringComparison.OrdinalIgnoreCase) : tag.Value == Value))
                return true;

        return false;
    }
}
