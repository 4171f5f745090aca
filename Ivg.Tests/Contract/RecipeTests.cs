using System.Diagnostics;
using System.Text.RegularExpressions;
using Ivg.Tests.Application;
using Ivg.Tests.Architecture;

namespace Ivg.Tests.Contract;

/// <summary>The recipes of the documentation, run as they stand there.</summary>
public sealed partial class RecipeTests
{
    [Fact]
    public async Task Shell_recipes_run_from_the_first_to_the_last()
    {
        var app = await SharedApplication.GetAsync();
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "recipes.md"));
        var blocks = Shell().Matches(page).Select(block => block.Groups[1].Value).ToList();
        Assert.True(blocks.Count >= 5);
        var folder = Directory.CreateTempSubdirectory("ivg-recipes-");
        try
        {
            Directory.CreateSymbolicLink(Path.Combine(folder.FullName, "styles"), Path.Combine(Repository.Root, "styles"));
            var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", string.Join('\n', blocks)])
            {
                WorkingDirectory = folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true,
            };
            (start.Environment["IVG"], start.Environment["ME"]) = (app.Address.ToString().TrimEnd('/'), $"recipes-{Guid.NewGuid():N}");
            using var shell = Process.Start(start)!;
            var (output, errors) = (shell.StandardOutput.ReadToEndAsync(), shell.StandardError.ReadToEndAsync());
            using var limit = new CancellationTokenSource(IvgClient.Patience);
            await shell.WaitForExitAsync(limit.Token);
            Assert.True(shell.ExitCode == 0, await output + await errors);
            Assert.Contains("event: succeeded", await output);
        }
        finally
        {
            Directory.Delete(Path.Combine(folder.FullName, "styles"));
            folder.Delete(recursive: true);
        }
    }

    [GeneratedRegex(@"^```sh\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Shell();
}
