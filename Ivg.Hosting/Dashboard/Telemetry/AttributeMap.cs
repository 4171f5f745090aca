using Ivg.Hosting.Telemetry;

namespace Ivg.Hosting.Dashboard.Telemetry;

internal static class AttributeMap
{
    /// <summary>By name; of a name that was sent twice the last value.</summary>
    public static IReadOnlyDictionary<string, string> Of(Tag[] tags)
    {
        var attributes = new Dictionary<string, string>(tags.Length, StringComparer.Ordinal);
        foreach (var tag in tags)
            attributes[tag.Name] = tag.Value;
        return attributes;
    }
}
