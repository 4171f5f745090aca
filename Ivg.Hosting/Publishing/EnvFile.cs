namespace Ivg.Hosting.Publishing;

/// <summary>Files of <c>NAME=value</c> lines.</summary>
internal static class EnvFile
{
    /// <summary>The template with the values that <paramref name="existing"/> has; lines of it that the template lacks come last.</summary>
    public static string Merge(string template, string existing)
    {
        var kept = existing.ReplaceLineEndings("\n").Split('\n').Select(line => (Name: NameOf(line), Line: line)).Where(one => one.Name is not null)
            .GroupBy(one => one.Name!, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Last().Line, StringComparer.Ordinal);
        var lines = new List<string>();
        foreach (var line in template.TrimEnd('\n').Split('\n'))
            lines.Add(NameOf(line) is { } name && kept.Remove(name, out var own) && own.Length > name.Length + 1 ? own : line);
        if (kept.Count > 0)
        {
            if (!lines.Contains(OwnHeading))
                lines.AddRange(["", OwnHeading]);
            lines.AddRange(kept.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => one.Value));
        }

        return string.Join('\n', lines) + "\n";
    }

    private const string OwnHeading = "# Added by hand";

    private static string? NameOf(string line)
        => line.IndexOf('=', StringComparison.Ordinal) is > 0 and var at && !line.StartsWith('#') ? line[..at] : null;
}
