namespace Aspire.Hosting.ApplicationModel;

internal static class ResourceName
{
    private const int MaxLength = 64;

    public static string Validate(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var valid = name.Length <= MaxLength
            && char.IsAsciiLetter(name[0])
            && name[^1] != '-'
            && !name.Contains("--", StringComparison.Ordinal)
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
        return valid
            ? name
            : throw new ArgumentException(
                $"'{name}' is not a resource name: 1 to {MaxLength} ASCII letters, digits and single inner hyphens, starting with a letter.",
                nameof(name));
    }
}
