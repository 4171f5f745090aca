using Ivg.Tests.Architecture;

namespace Ivg.Tests.Web;

/// <summary>The page's modules as files.</summary>
public sealed class ScriptTests
{
    private const int LongestModule = 150;

    private static readonly string Folder = Path.Combine(Repository.Root, "Ivg.Api", "wwwroot", "js");

    [Fact]
    public async Task Modules_AreWhatTheirTypesSay()
    {
        var compiler = Path.Combine(await Tool.ModulesAsync(), "node_modules", "typescript", "bin", "tsc");
        var (code, output) = await Tool.RunAsync("node",
        [
            compiler, "--noEmit", "--allowJs", "--checkJs", "--strict", "--target", "es2022", "--module", "esnext", "--moduleResolution", "bundler",
            "--lib", "es2023,dom,dom.iterable", .. new[] { "app.js", "pages.js", "types.d.ts" }.Select(file => Path.Combine(Folder, file)),
        ]);
        Assert.True(code == 0, output);
    }

    [Fact]
    public void Modules_AreShort() =>
        Assert.Empty(Directory.GetFiles(Folder, "*.js").Where(file => File.ReadLines(file).Count() >= LongestModule).Select(Path.GetFileName));
}
