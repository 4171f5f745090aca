using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Ivg.Tests.Application;
using Ivg.Tests.Architecture;

namespace Ivg.Tests.Web;

/// <summary>How the page's files and the service's answers travel.</summary>
public sealed partial class PageFilesTests
{
    private const string Forever = "public, max-age=31536000, immutable";

    [Fact]
    public async Task EveryFileOfAPage_ImportedModulesToo_IsKeptForGood()
    {
        await using var visit = await Visit.OpenAsync("/api/health");
        var files = new ConcurrentDictionary<string, string>();
        visit.Page.Response += (_, response) =>
        {
            if (response.Request.ResourceType is "script" or "stylesheet") files[new Uri(response.Url).AbsolutePath] = response.Headers.GetValueOrDefault("cache-control", "");
        };
        foreach (var path in new[] { "/", "/history" })
        {
            await visit.Page.GotoAsync(path);
            await visit.Page.Locator("[data-empty]").WaitForAsync();
        }
        Assert.Contains(files.Keys, file => file.EndsWith("/js/dom.js", StringComparison.Ordinal));
        Assert.All(files, file => Assert.Matches("^/v/[0-9a-f]{16}/", file.Key));
        Assert.All(files.Values, kept => Assert.Equal(Forever, kept));
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task AddressWithoutTheVersion_OrWithAnother_IsNotKept()
    {
        var app = await SharedApplication.GetAsync();
        using var client = new IvgClient(app.Address, null);
        var own = Script().Match(await client.Http.GetStringAsync("/")).Value;
        using var good = await client.Http.GetAsync(own);
        Assert.Equal(Forever, string.Join(", ", good.Headers.GetValues("Cache-Control")));
        foreach (var path in new[] { "/js/app.js", "/v/0000000000000000/js/app.js" })
        {
            using var other = await client.Http.GetAsync(path);
            Assert.True(other.IsSuccessStatusCode, path);
            Assert.DoesNotContain("immutable", other.Headers.CacheControl?.ToString() ?? "");
        }
        using var nothing = await client.Http.GetAsync(own.Replace("app.js", "none.js", StringComparison.Ordinal));
        Assert.Equal(404, (int)nothing.StatusCode);
        Assert.DoesNotContain("immutable", nothing.Headers.CacheControl?.ToString() ?? "");
    }

    [Fact]
    public async Task PagesAndJson_TravelCompressed_StreamsAndPicturesDoNot()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        user.Http.DefaultRequestHeaders.AcceptEncoding.ParseAdd("br, gzip");
        var picture = "/api/styles/chalkboard/reference";
        foreach (var (path, compressed) in new[] { ("/", true), ("/api/styles", true), ("/api/jobs/none", true), ("/api/jobs/stream", false), (picture, false) })
        {
            using var answer = await user.Http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
            Assert.Equal((path, compressed), (path, answer.Content.Headers.ContentEncoding.Count > 0));
        }
    }

    [Fact]
    public void ScriptAndStyle_Together_StayUnderTheirBound()
    {
        // Declarations are for the checker; no browser loads them.
        var files = new[] { "js", "css" }.SelectMany(folder => Directory.GetFiles(Path.Combine(Repository.Root, "Ivg.Api", "wwwroot", folder)))
            .Where(file => !file.EndsWith(".d.ts", StringComparison.Ordinal)).ToList();
        Assert.InRange(files.Sum(file => new FileInfo(file).Length), 1, 60_000);
        Assert.All(files.Where(file => file.EndsWith(".js", StringComparison.Ordinal)), file => Assert.InRange(File.ReadLines(file).Count(), 1, 150));
    }

    [GeneratedRegex("/v/[0-9a-f]{16}/js/app.js")]
    private static partial Regex Script();
}
