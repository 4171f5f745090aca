using System.Diagnostics;
using System.Text.RegularExpressions;
using Ivg.Core.Images;
using Ivg.Tests.Application;
using Ivg.Tests.Architecture;
using Ivg.Tests.Generation;
using Ivg.Tests.Web;

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

    [Fact]
    public async Task CSharp_recipe_compiles_and_runs()
    {
        var app = await SharedApplication.GetAsync();
        var folder = Directory.CreateTempSubdirectory("ivg-recipe-");
        try
        {
            await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "picture.png"), TestPictures.Png(64, 64));
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "recipe.cs"), $$"""
                #:property PublishAot=false
                using System.Net.Http.Json;
                using System.Net.ServerSentEvents;
                using System.Text.Json.Nodes;
                var (address, key, picture) = (args[0], "a key that Development does not ask for", File.ReadAllBytes("picture.png"));
                {{await BlockAsync("csharp")}}
                File.WriteAllBytes("result", bytes);
                """);
            var start = new ProcessStartInfo("dotnet", ["run", "recipe.cs", "--", app.Address.ToString()]) { WorkingDirectory = folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true };
            using var run = Process.Start(start)!;
            var (output, errors) = (run.StandardOutput.ReadToEndAsync(), run.StandardError.ReadToEndAsync());
            using var limit = new CancellationTokenSource(IvgClient.Patience * 2);
            await run.WaitForExitAsync(limit.Token);
            Assert.True(run.ExitCode == 0, await output + await errors);
            Assert.True(Pictures.Identify(await File.ReadAllBytesAsync(Path.Combine(folder.FullName, "result"))).Width > 0);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task JavaScript_recipe_runs_on_a_page_of_the_site()
    {
        await using var workshop = await Workshop.OpenAsync();
        var shown = await workshop.Page.EvaluateAsync<int>($$"""
            async png => {
              const file = new File([Uint8Array.from(atob(png), c => c.charCodeAt(0))], 'picture.png');
              const image = new Image();
              const done = new Promise((shown, refused) => { image.onload = () => shown(image.naturalWidth); globalThis.show = refused; });
              {{await BlockAsync("js")}}
              return await done;
            }
            """, Convert.ToBase64String(TestPictures.Png(64, 64)));
        Assert.True(shown > 0);
        Assert.Empty(workshop.Complaints);
    }

    private static async Task<string> BlockAsync(string language)
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "recipes.md"));
        return Regex.Match(page, $@"^```{language}\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline).Groups[1].Value is { Length: > 0 } block
            ? block
            : throw new InvalidDataException($"No recipe in {language}.");
    }

    [GeneratedRegex(@"^```sh\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Shell();
}
