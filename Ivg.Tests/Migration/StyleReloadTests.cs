using System.Net;
using System.Text.Json.Nodes;
using Ivg.Tests.Application;
using Ivg.Tests.Generation;
using Ivg.Tests.Synchronous;

namespace Ivg.Tests.Migration;

/// <summary>Styles come, change and go under an API that runs on.</summary>
public sealed class StyleReloadTests(OfflineApi fixture) : IClassFixture<OfflineApi>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ivg-styles-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Reload_AFolderComesChangesAndGoes_TheApiFollowsAtOnceAndForgetsNoJob()
    {
        using var user = fixture.Api.NewUser();
        var styles = StyleFolders.CopyTo(_folder);
        await LoadAsync(styles);
        var (tag, _) = await ListAsync(user);
        using (var unchanged = await GetAsync(user, tag)) Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);

        // A style of somebody's own: a folder and nothing else.
        var own = Path.Combine(styles, "my-own");
        StyleFolders.Copy(Path.Combine(styles, "flat-vector"), own);
        await ReplaceAsync(Path.Combine(own, "guide.md"), "name: ", "name: My own ");
        await LoadAsync(styles);
        var (tagWithOwn, withOwn) = await ListAsync(user);
        Assert.NotEqual(tag, tagWithOwn);
        Assert.StartsWith("My own ", (string?)withOwn["my-own"]!["name"]);
        var job = await VaryAsync(user, HttpStatusCode.OK);
        Assert.Equal("succeeded", (string?)job["status"]);

        await ReplaceAsync(Path.Combine(own, "profile.json"), "\"paper\": \"#fff4df\"", "\"paper\": \"#ffffff\"");
        await LoadAsync(styles);
        var (tagWithPaper, withPaper) = await ListAsync(user);
        Assert.NotEqual(tagWithOwn, tagWithPaper);
        Assert.Equal("#ffffff", (string?)withPaper["my-own"]!["profile"]!["paper"]);

        Directory.Delete(own, recursive: true);
        await LoadAsync(styles);
        var (tagWithout, without) = await ListAsync(user);
        Assert.Equal(tag, tagWithout);
        Assert.False(without.ContainsKey("my-own"));
        Assert.Equal("style_not_found", (string?)(await VaryAsync(user, HttpStatusCode.NotFound))["code"]);
        Assert.Equal("succeeded", (string?)(await user.GetJsonAsync($"/api/jobs/{job["job_id"]}"))["status"]);
        var item = Assert.Single((await user.GetJsonAsync("/api/history"))["items"]!.AsArray())!;
        Assert.Equal("my-own", (string?)item["style"]!["style_id"]);
        Assert.StartsWith("My own ", (string?)item["style"]!["name"]);
    }

    private Task<string> LoadAsync(string styles) => StyleFolders.LoadAsync(fixture.Api.Servers.DatabaseConnection, styles);

    private static async Task ReplaceAsync(string path, string old, string @new)
    {
        var text = await File.ReadAllTextAsync(path);
        Assert.Contains(old, text);
        await File.WriteAllTextAsync(path, text.Replace(old, @new, StringComparison.Ordinal));
    }

    private static async Task<HttpResponseMessage> GetAsync(IvgClient user, string? tag = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/styles");
        if (tag is not null) request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        return await user.Http.SendAsync(request);
    }

    private static async Task<(string Tag, Dictionary<string, JsonNode> Styles)> ListAsync(IvgClient user)
    {
        using var response = await GetAsync(user);
        Assert.False(response.Headers.ETag!.IsWeak);
        var items = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["items"]!.AsArray();
        return (response.Headers.ETag.Tag, items.ToDictionary(style => (string)style!["style_id"]!, style => style!));
    }

    private static async Task<JsonObject> VaryAsync(IvgClient user, HttpStatusCode expected)
    {
        using var response = await user.PostAsync("/api/variations", IvgClient.Form(TestPictures.Png(80, 60), ("style_id", "my-own")));
        Assert.Equal(expected, response.StatusCode);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
    }
}
