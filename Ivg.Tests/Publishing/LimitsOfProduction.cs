using Ivg.Tests.Architecture;

namespace Ivg.Tests.Publishing;

/// <summary>How many calls a public installation takes of one caller, as the repository suggests.</summary>
internal static class LimitsOfProduction
{
    public static (string Name, string Value)[] Read() => [.. File.ReadLines(Path.Combine(Repository.Root, ".env.production.example"))
        .Where(line => line.StartsWith("RATE_", StringComparison.Ordinal)).Select(line => line.Split('=')).Select(parts => (parts[0], parts[1]))];
}
