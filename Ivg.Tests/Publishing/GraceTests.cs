using System.Globalization;
using System.Text.RegularExpressions;
using Ivg.Core.Jobs;

namespace Ivg.Tests.Publishing;

/// <summary>A worker that is killed while it hands its jobs back has them run twice.</summary>
public sealed partial class GraceTests
{
    [Theory]
    [InlineData("kubernetes", "generate-worker.yaml")]
    [InlineData("kubernetes", "bg-worker.yaml")]
    [InlineData("azure-container-apps", "generate-worker.bicep")]
    [InlineData("azure-container-apps", "bg-worker.bicep")]
    [InlineData("docker-compose", "compose.yaml", "generate-worker")]
    [InlineData("docker-compose", "compose.yaml", "generate-worker-development")]
    [InlineData("docker-compose", "compose.yaml", "bg-worker")]
    [InlineData("docker-compose", "compose.yaml", "bg-worker-development")]
    public async Task Worker_MayTakeItsGraceAndHandBackBeforeItIsKilled(string publisher, string file, string? service = null)
    {
        using var published = await Published.CreateAsync(publisher);
        var text = service is null ? published[file] : Regex.Match(published[file], $@"^  {service}:\n(?:   .*\n)+", RegexOptions.Multiline).Value;
        var grace = Number(Assert.Single(Grace().Matches(OfItself(text))));
        var killed = Number(Assert.Single(Killed().Matches(text)));
        // As JobsExtensions has it: the grace, a second, and what handing back takes.
        Assert.InRange(killed, grace + 1 + JobWorker.HandBack.TotalSeconds, 600);
    }

    // What runs before the worker has the same variables.
    private static string OfItself(string text) => text[Math.Max(0, text.LastIndexOf("WORKER_GRACE_SECONDS", StringComparison.Ordinal))..];

    private static double Number(Match match) => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"WORKER_GRACE_SECONDS'?""?:?\s+(?:value: )?['""]?(\d+)")]
    private static partial Regex Grace();

    [GeneratedRegex(@"(?:terminationGracePeriodSeconds|stop_grace_period): (\d+)")]
    private static partial Regex Killed();
}
