using System.Text.Json.Nodes;
using Ivg.Core.Generation;
using Ivg.Core.Images;
using Ivg.Core.Jobs;
using Ivg.Tests.Application;
using Microsoft.AspNetCore.Http;

namespace Ivg.Tests.Generation.OpenAi;

/// <summary>OpenAI through Microsoft.Extensions.AI, over real HTTP.</summary>
public sealed class OpenAiProviderTests
{
    [Theory]
    [InlineData("auto", "1536x1024")]
    [InlineData("1:1", "1024x1024")]
    [InlineData("9:16", "1024x1536")]
    [InlineData("21:9", "1536x1024")]
    public async Task Variation_SendsTheSourceAloneAndTheStyleInWords(string ratio, string size)
    {
        await using var rig = await OpenAiRig.StartAsync();
        var output = await rig.MakeAsync(new VariationRequest { Prompt = "at night", AspectRatio = ratio });

        Assert.Equal(("openai", "gpt-image-1"), (output.Provider, output.Model));
        var image = Assert.Single(output.Images);
        Assert.Equal(ImageFormat.Png, Pictures.Identify(image.Bytes).Format);
        // OpenAI draws in three sizes; a ratio that the caller named is made of the nearest.
        Assert.InRange(Math.Log((double)image.Width / image.Height / AspectRatios.Value(ratio == "auto" ? "3:2" : ratio)), -0.04, 0.04);
        Assert.Equal((420, 1056), ((int)output.Details!["usage"]!["input_tokens"]!, (int)output.Details["usage"]!["output_tokens"]!));
        var call = Assert.Single(rig.Server.Calls);
        Assert.Equal($"Bearer {OpenAiRig.Key}", call.Authorization);
        var file = Assert.Single(call.Files);
        Assert.Equal(("image", "source.png", "image/png"), (file.Name, file.FileName, file.Type));
        Assert.Equal(OpenAiRig.Source, file.Bytes);
        // gpt-image models refuse a response_format.
        Assert.Equal(["model", "n", "prompt", "size"], call.Fields.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("gpt-image-1", "1", size), (call.Fields["model"], call.Fields["n"], call.Fields["size"]));
        var prompt = call.Fields["prompt"];
        Assert.Contains("Image 1 is the SOURCE", prompt, StringComparison.Ordinal);
        Assert.DoesNotContain("STYLE REFERENCE", prompt, StringComparison.Ordinal);
        Assert.Contains("Redraw it in the style \"Ink line\".", prompt, StringComparison.Ordinal);
        Assert.Contains("Draw with one even black line.", prompt, StringComparison.Ordinal);
        Assert.Contains("at night", prompt, StringComparison.Ordinal);
        Assert.EndsWith(PromptBuilder.Closing, prompt, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Variation_OfSeveral_AsksOnceForEach()
    {
        await using var rig = await OpenAiRig.StartAsync(new() { ["OPENAI_IMAGE_MODEL"] = "gpt-image-1-mini" });
        var output = await rig.MakeAsync(new VariationRequest { Count = 3 });
        Assert.Equal((3, 3, "gpt-image-1-mini"), (output.Images.Count, rig.Server.Calls.Count, output.Model));
    }

    [Theory]
    [InlineData(400, "moderation_blocked", "content_blocked", false)]
    [InlineData(400, "content_policy_violation", "content_blocked", false)]
    [InlineData(400, "invalid_image_file", "provider_rejected", false)]
    [InlineData(400, "billing_hard_limit_reached", "provider_auth", false)]
    [InlineData(400, null, "provider_rejected", false)]
    [InlineData(401, "invalid_api_key", "provider_auth", false)]
    [InlineData(403, null, "provider_auth", false)]
    [InlineData(404, "model_not_found", "model_unavailable", false)]
    [InlineData(408, null, "provider_timeout", true)]
    [InlineData(429, "rate_limit_exceeded", "provider_rate_limited", true)]
    [InlineData(429, "insufficient_quota", "provider_auth", false)]
    [InlineData(500, "server_error", "provider_unavailable", true)]
    [InlineData(503, null, "provider_unavailable", true)]
    [InlineData(504, null, "provider_timeout", true)]
    public async Task Errors_EndInTheRightCodeAfterOneCall(int status, string? code, string expected, bool retryable)
    {
        await using var rig = await OpenAiRig.StartAsync();
        rig.Server.Answer = http => OpenAiServer.ErrorAsync(http, status, $"The service's own words, {OpenAiRig.Key} included.", code);
        await AssertFailsAsync(rig, expected, retryable);
    }

    [Theory]
    [InlineData("html_502", "provider_unavailable", true)]
    [InlineData("html_200", "provider_unavailable", true)]
    [InlineData("cut_json", "provider_unavailable", true)]
    [InlineData("reset", "provider_unavailable", true)]
    [InlineData("reset_body", "provider_unavailable", true)]
    [InlineData("redirect", "provider_unavailable", false)]
    [InlineData("no_data", "no_image_returned", false)]
    [InlineData("link", "no_image_returned", false)]
    [InlineData("damaged", "no_image_returned", false)]
    [InlineData("bad_base64", "provider_unavailable", true)]
    public async Task Answers_WithoutAPicture_EndInTheRightCodeAfterOneCall(string answer, string expected, bool retryable)
    {
        await using var rig = await OpenAiRig.StartAsync();
        rig.Server.Answer = http => AnswerAsync(http, answer);
        await AssertFailsAsync(rig, expected, retryable);
    }

    [Fact]
    public async Task Variation_SentBackUnchanged_IsNoImageAfterOneMoreCall()
    {
        await using var rig = await OpenAiRig.StartAsync();
        rig.Server.Answer = http => OpenAiServer.PictureAsync(http, OpenAiRig.Source);
        var failure = await Assert.ThrowsAsync<JobFailedException>(() => rig.MakeAsync(new VariationRequest()));
        Assert.Equal(("no_image_returned", 2), (failure.Error.Code, rig.Server.Calls.Count));
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("7", 7)]
    [InlineData("1.5", 1.5)]
    public async Task RateLimit_HandsTheWaitToTheJob(string header, double seconds)
    {
        await using var rig = await OpenAiRig.StartAsync();
        rig.Server.Answer = http =>
        {
            http.Response.Headers.RetryAfter = header;
            return OpenAiServer.ErrorAsync(http, 429, "Slow down.", "rate_limit_exceeded");
        };
        var outcome = await rig.GenerateAsync();
        Assert.Equal(("provider_rate_limited", TimeSpan.FromSeconds(seconds)), (outcome.Failure!.Code, outcome.RetryAfter));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Silence_EndsAsATimeoutAndTheServiceHearsOfIt(bool afterTheHeaders)
    {
        await using var rig = await OpenAiRig.StartAsync(new() { ["OPENAI_TIMEOUT"] = "40" });
        var stalled = new TaskCompletionSource();
        rig.Server.Answer = http => StallAsync(http, afterTheHeaders, stalled);
        var failing = AssertFailsAsync(rig, "provider_timeout", retryable: true);
        await stalled.Task;
        rig.Time.Advance(TimeSpan.FromSeconds(39));
        Assert.False(failing.IsCompleted);
        rig.Time.Advance(TimeSpan.FromSeconds(1));
        await failing;
        await Until.TrueAsync(() => Task.FromResult(rig.Server.Left == 1), TimeSpan.FromSeconds(20), "the service to hear of it");
    }

    [Fact]
    public async Task Cancel_ThrowsAndTheServiceHearsOfIt()
    {
        await using var rig = await OpenAiRig.StartAsync();
        rig.Server.Answer = http => StallAsync(http, afterTheHeaders: false);
        using var cancel = new CancellationTokenSource();
        var call = rig.GenerateAsync(cancel.Token);
        await Until.TrueAsync(() => Task.FromResult(rig.Server.Calls.Count == 1), TimeSpan.FromSeconds(20), "the call");
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Until.TrueAsync(() => Task.FromResult(rig.Server.Left == 1), TimeSpan.FromSeconds(20), "the service to hear of it");
        Assert.Single(rig.Server.Calls);
    }

    [Fact]
    public async Task Nobody_ThereIsUnavailable()
    {
        await using var rig = await OpenAiRig.StartAsync(new() { ["OPENAI_BASE_URL"] = "http://127.0.0.1:9/v1" });
        var failure = (await rig.GenerateAsync()).Failure!;
        Assert.Equal(("provider_unavailable", true), (failure.Code, failure.Retryable));
    }

    private static async Task AssertFailsAsync(OpenAiRig rig, string code, bool retryable)
    {
        var outcome = await rig.GenerateAsync();
        Assert.Null(outcome.Image);
        Assert.Equal((code, retryable, 1), (outcome.Failure!.Code, outcome.Failure.Retryable, rig.Server.Calls.Count));
        Assert.EndsWith(".", outcome.Failure.Message, StringComparison.Ordinal);
        foreach (var inner in new[] { OpenAiRig.Key, "own words", "a secret wish", "even black line" })
        {
            Assert.DoesNotContain(inner, outcome.Failure.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(inner, rig.Logs.All, StringComparison.Ordinal);
        }
    }

    private static async Task StallAsync(HttpContext http, bool afterTheHeaders, TaskCompletionSource? stalled = null)
    {
        if (afterTheHeaders)
        {
            await http.Response.WriteAsync("{\"created\":", http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }
        stalled?.SetResult();
        await Task.Delay(Timeout.Infinite, http.RequestAborted);
    }

    private static async Task AnswerAsync(HttpContext http, string answer)
    {
        switch (answer)
        {
            case "html_502": http.Response.StatusCode = 502; await http.Response.WriteAsync("<html>Bad Gateway</html>"); break;
            case "html_200": await http.Response.WriteAsync("<html>Sign in</html>"); break;
            case "cut_json": await http.Response.WriteAsync("{\"created\":1790000000,\"data\":[{\"b64_json\":\"iVBOR"); break;
            case "reset": http.Abort(); break;
            case "reset_body":
                http.Response.ContentLength = 5000;
                await http.Response.WriteAsync("{\"created\":");
                await http.Response.Body.FlushAsync();
                http.Abort();
                break;
            case "redirect": http.Response.Redirect("http://127.0.0.1:9/elsewhere"); break;
            case "no_data": await OpenAiServer.JsonAsync(http, 200, new JsonObject { ["created"] = 1, ["data"] = new JsonArray() }); break;
            case "link":
                await OpenAiServer.JsonAsync(http, 200, new JsonObject
                {
                    ["created"] = 1, ["data"] = new JsonArray(new JsonObject { ["url"] = "http://127.0.0.1:9/picture.png" }),
                });
                break;
            case "damaged": await OpenAiServer.PictureAsync(http, TestPictures.Png(800, 600)[..2000]); break;
            case "bad_base64":
                await OpenAiServer.JsonAsync(http, 200, new JsonObject { ["created"] = 1, ["data"] = new JsonArray(new JsonObject { ["b64_json"] = "not*base64" }) });
                break;
        }
    }
}
