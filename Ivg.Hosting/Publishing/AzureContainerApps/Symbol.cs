using System.Globalization;

namespace Ivg.Hosting.Publishing.AzureContainerApps;

/// <summary>Names of the model as Bicep's identifiers.</summary>
internal static class Symbol
{
    public static string Of(string name) => string.Concat(name.Split('-', '_', '.').Where(w => w.Length > 0)
        .Select((word, i) => i == 0 ? word.ToLowerInvariant() : CultureInfo.InvariantCulture.TextInfo.ToTitleCase(word.ToLowerInvariant())));
}
