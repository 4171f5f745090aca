using System.Globalization;
using System.Text.Json.Nodes;

namespace Ivg.Hosting.Publishing.DockerCompose;

/// <summary>Compose's own ways of writing things.</summary>
internal static class ComposeText
{
    private const int Burst = 4;

    /// <summary>A dollar sign that is meant.</summary>
    public static string Escape(string text) => text.Replace("$", "$$", StringComparison.Ordinal);

    /// <summary>Stops everything with a message where the operator left it empty.</summary>
    public static string Required(string key) => $"${{{key}:?fill it in in .env}}";

    public static string Optional(string key) => $"${{{key}:-}}";

    public static JsonArray List(IEnumerable<string> items) => new([.. items.Select(item => JsonValue.Create(Escape(item)))]);

    public static JsonObject Limits(double cpu, int memoryMiB) => new()
    {
        ["resources"] = new JsonObject
        {
            ["limits"] = new JsonObject
            {
                ["cpus"] = (cpu * Burst).ToString("0.##", CultureInfo.InvariantCulture),
                ["memory"] = string.Create(CultureInfo.InvariantCulture, $"{memoryMiB}M"),
            },
        },
    };

    /// <summary>No privileges, and nothing to write to but what is named.</summary>
    public static void Harden(JsonObject service, IReadOnlyList<string> scratch)
    {
        service["read_only"] = true;
        service["tmpfs"] = new JsonArray([.. scratch.Select(path => JsonValue.Create(path))]);
        service["cap_drop"] = new JsonArray("ALL");
        service["security_opt"] = new JsonArray("no-new-privileges:true");
    }
}
