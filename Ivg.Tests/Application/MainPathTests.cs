using System.Net;
using System.Text.Json.Nodes;
using Ivg.Core.Images;
using Ivg.Tests.Generation;

namespace Ivg.Tests.Application;

/// <summary>A picture goes in; a variation and a cutout come out.</summary>
public sealed class MainPathTests
{
    [Fact]
    public async Task Variation_PngAndStyle_SucceedsThroughStagesAndIsServed()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        var accepted = await user.SubmitAsync("/api/variations", TestPictures.Png(640, 480), ("style_id", "chalkboard"), ("prompt", "with snow"));
        var events = await ServerSentEvents.ReadAsync(user.Http, $"/api/jobs/{accepted["job_id"]}/stream");

        Assert.Equal("queued", (string?)accepted["status"]);
        Assert.Equal("succeeded", events[^1].Type);
        Assert.Contains(events, one => one.Type == "running");
        Assert.Equal(events.Select(one => one.Id).Order(), events.Select(one => one.Id));
        var job = events[^1].Data;
        Assert.Equal(("nano_banana", 100), ((string?)job["result"]!["provider"], (int)job["progress"]!));
        var image = await user.ImageAsync(job);
        Assert.Equal(ImageFormat.Png, Pictures.Identify(image).Format);
        Assert.NotEqual(TestPictures.Png(640, 480), image);
    }

    [Fact]
    public async Task Variation_CountOfFour_GivesFourDifferentImages()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        var job = await user.FinishAsync(await user.SubmitAsync("/api/variations", TestPictures.Png(300, 300), ("style_id", "ink-line"), ("count", "4")));

        var urls = job["result"]!["images"]!.AsArray().Select(image => (string)image!["url"]!).ToList();
        var images = await Task.WhenAll(urls.Select(url => user.Http.GetByteArrayAsync(url)));
        Assert.Equal(4, images.Select(image => Convert.ToHexString(Pictures.Decode(image).Pixels)).Distinct().Count());
    }

    [Fact]
    public async Task RemoveBackground_Photo_GivesSameSizeWithTransparency()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        var source = BackgroundRemoval.Drawn.Png(BackgroundRemoval.Drawn.Ball(400, 300));
        var job = await user.FinishAsync(await user.SubmitAsync("/api/remove-background", source));

        Assert.Equal("succeeded", (string?)job["status"]);
        AssertTimings(job, "queued", "prepared", "segmented", "composed", "saved", "total");
        var cutout = Pictures.Decode(await user.ImageAsync(job));
        Assert.Equal((400, 300, true), (cutout.Width, cutout.Height, cutout.HasAlpha));
        Assert.Equal(0, cutout.Pixels[3]);
        Assert.Contains(Enumerable.Range(0, 400 * 300), pixel => cutout.Pixels[pixel * 4 + 3] == 255);
    }

    [Fact]
    public async Task History_AfterAJob_ListsItWithSourceAndImages()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        var job = await user.FinishAsync(await user.SubmitAsync("/api/variations", TestPictures.Png(200, 100), ("style_id", "risograph"), ("prompt", "a wish")));
        var item = Assert.Single((await user.GetJsonAsync("/api/history"))["items"]!.AsArray())!;

        Assert.Equal((string?)job["job_id"], (string?)item["job_id"]);
        Assert.Equal(("risograph", "a wish", 200), ((string?)item["style"]!["style_id"], (string?)item["prompt"], (int)item["source"]!["width"]!));
        Assert.Equal((string?)job["result"]!["image_id"], (string?)item["images"]![0]!["image_id"]);
        var (settings, result) = (item["settings"]!, job["result"]!);
        Assert.Equal("nano_banana", (string?)settings["provider"]);
        AssertTimings(job, "queued", "prepared", "generated", "composed", "saved", "total");
        foreach (var name in new[] { "model", "model_version", "prompt_id", "prompt_hashes", "seeds", "usage", "timings_ms", "checks" })
            Assert.True(JsonNode.DeepEquals(result[name], settings[name]) && settings[name] is not null, $"{name}: {result[name]} in the job, {settings[name]} in the history");
    }

    [Fact]
    public async Task Variation_ItsFile_SaysWhatTheJobSaysAndNotWhatTheCallerSaid()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        var located = PngChunks.With(TestPictures.Png(200, 100), "tEXt", System.Text.Encoding.ASCII.GetBytes("Location\0somewhere private"));
        var job = await user.FinishAsync(await user.SubmitAsync("/api/variations", located, ("prompt", "a most private wish"), ("seed", "77")));
        var file = await user.ImageAsync(job);

        var (texts, result) = (PngChunks.Texts(file), job["result"]!);
        Assert.Equal(((string?)result["model_version"], (string?)result["prompt_id"], "77"), (texts["Model"], texts["Prompt-Id"], texts["Seed"]));
        Assert.Equal((string?)result["prompt_hashes"]![0], texts["Prompt-Hash"]);
        Assert.True(JsonNode.DeepEquals(result["usage"], JsonNode.Parse(texts["Usage"])), texts["Usage"]);
        Assert.True(JsonNode.DeepEquals(result["checks"]![0], JsonNode.Parse(texts["Checks"])), texts["Checks"]);
        Assert.InRange((long)JsonNode.Parse(texts["Timings"])!["generated"]!, 0, (long)result["timings_ms"]!["total"]!);
        Assert.Contains("nano_banana", texts["Software"]);
        Assert.Contains("/trainedAlgorithmicMedia\"", texts["XML:com.adobe.xmp"]);
        Assert.DoesNotContain("private", System.Text.Encoding.Latin1.GetString(file));
        Assert.Equal(file.Length, (int)result["bytes"]!);
    }

    [Fact]
    public async Task Result_UsedAsSource_Works()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        var first = await user.FinishAsync(await user.SubmitAsync("/api/variations", TestPictures.Png(200, 200)));
        var second = await user.PostAsync("/api/variations", JsonBody($$"""{"image_id":"{{first["result"]!["image_id"]}}","count":1}"""));

        Assert.Equal(HttpStatusCode.Accepted, second.StatusCode);
    }

    [Fact]
    public async Task Variation_StyleAsSource_Works()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        var job = await user.FinishAsync(await user.SubmitAsync("/api/variations", null, ("source_style_id", "flat-vector"), ("style_id", "chalkboard")));

        Assert.Equal("succeeded", (string?)job["status"]);
    }

    private static StringContent JsonBody(string json) => new(json, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));

    private static void AssertTimings(JsonObject job, params string[] names)
    {
        var timings = job["result"]!["timings_ms"]!.AsObject();
        Assert.Equal(names.Order(), timings.Select(step => step.Key).Order());
        Assert.All(timings, step => Assert.True((long)step.Value! >= 0, step.ToString()));
        Assert.True((long)timings["total"]! >= timings.Where(step => step.Key != "total").Sum(step => (long)step.Value!) - names.Length, timings.ToJsonString());
    }
}
