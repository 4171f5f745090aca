using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text.Json;
using Ivg.Core.Generation;
using Ivg.Core.Images;
using Ivg.GeminiEmulator;

namespace Ivg.Tests.Generation;

public sealed class NanoBananaProviderTests
{
    [Fact]
    public async Task GenerateAsync_Success_GivesAVerifiedPngWithItsProvenance()
    {
        await using var rig = await GeminiRig.StartAsync();
        var outcome = await rig.GenerateAsync();
        Assert.Null(outcome.Failure);
        var info = Pictures.Identify(outcome.Image!.Bytes);
        Assert.Equal((ImageFormat.Png, 1184, 864), (info.Format, info.Width, info.Height));
        Assert.Equal((1184, 864, "image/png"), (outcome.Image.Width, outcome.Image.Height, outcome.Image.MediaType));
        Assert.Equal((GeminiRig.Model, GeminiRig.Model), (outcome.Model, outcome.ModelVersion));
        Assert.Equal((560, 1200), (outcome.InputTokens, outcome.OutputTokens));
        Assert.False(string.IsNullOrEmpty(outcome.ProviderRequestId));
        Assert.Equal(1, rig.Calls);
    }

    [Fact]
    public async Task Request_HasSourceBeforeStyleEachBehindItsLabel()
    {
        await using var rig = await GeminiRig.StartAsync();
        var request = GeminiRig.Request();
        await rig.Provider.GenerateAsync(request, default);
        var entry = Assert.Single(rig.Emulator.Journal.Entries);
        Assert.Equal(5, entry.Parts.Count);
        Assert.StartsWith("text: Image 1 is the SOURCE", entry.Parts[0], StringComparison.Ordinal);
        Assert.EndsWith(Convert.ToHexStringLower(SHA256.HashData(request.Images[0].Bytes)), entry.Parts[1], StringComparison.Ordinal);
        Assert.StartsWith("text: Image 2 is the STYLE REFERENCE", entry.Parts[2], StringComparison.Ordinal);
        Assert.EndsWith(Convert.ToHexStringLower(SHA256.HashData(request.Images[1].Bytes)), entry.Parts[3], StringComparison.Ordinal);
        Assert.EndsWith("Output only the final image.", entry.Parts[4], StringComparison.Ordinal);
        Assert.Contains("Draw with one even black line.", entry.Parts[4], StringComparison.Ordinal);
        Assert.NotNull(entry.System);
    }

    [Fact]
    public async Task Request_IsWhatTheApiTakesAndNoMore()
    {
        await using var rig = await GeminiRig.StartAsync();
        await rig.GenerateAsync();
        var entry = Assert.Single(rig.Emulator.Journal.Entries);
        using var body = JsonDocument.Parse(entry.Body);
        var root = body.RootElement;
        Assert.Equal(["systemInstruction", "contents", "generationConfig", "store"], root.EnumerateObject().Select(member => member.Name));
        Assert.False(root.GetProperty("store").GetBoolean());
        var config = root.GetProperty("generationConfig");
        Assert.Equal(["responseModalities", "imageConfig", "seed"], config.EnumerateObject().Select(member => member.Name));
        Assert.Equal("""["IMAGE"]""", config.GetProperty("responseModalities").GetRawText());
        Assert.Equal("""{"aspectRatio":"4:3","imageSize":"1K"}""", config.GetProperty("imageConfig").GetRawText());
        Assert.Equal(7, config.GetProperty("seed").GetInt32());
        Assert.Equal("req-7", entry.RequestId);
        Assert.Equal("18", entry.Headers["X-Server-Timeout"]);
        Assert.True(entry.Headers.ContainsKey("Content-Length"));
        Assert.DoesNotContain(entry.Headers.Values, value => value.Contains(GeminiRig.Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Fast_AsksTheFastModelAndTurnsItsJpegIntoAPng()
    {
        await using var rig = await GeminiRig.StartAsync();
        var outcome = await rig.Provider.GenerateAsync(GeminiRig.Request(fast: true), default);
        Assert.Equal(GeminiRig.FastModel, outcome.Model);
        Assert.Equal(ImageFormat.Png, Pictures.Identify(outcome.Image!.Bytes).Format);
    }

    [Theory]
    [InlineData("text_then_image")]
    [InlineData("drafts_then_image")]
    [InlineData("two_images")]
    [InlineData("draft_only")]
    [InlineData("unknown_members")]
    [InlineData("jpeg")]
    [InlineData("odd_finish")]
    [InlineData("wrong_mime")]
    [InlineData("slow_body")]
    public async Task Layouts_TheFinalPictureIsFound(string behaviour)
    {
        await using var rig = await GeminiRig.StartAsync();
        var outcome = await rig.Script(behaviour).GenerateAsync();
        Assert.Null(outcome.Failure);
        Assert.Equal((1184, 864), (outcome.Image!.Width, outcome.Image.Height));
        Assert.Equal(1, rig.Calls);
    }

    [Theory]
    // Answers without a usable picture: the code, whether the job may retry, and how often Gemini is asked in all.
    [InlineData("text_only", "no_image_returned", false, 3)]
    [InlineData("refusal", "no_image_returned", false, 3)]
    [InlineData("no_image", "no_image_returned", false, 3)]
    [InlineData("image_other", "no_image_returned", false, 3)]
    [InlineData("max_tokens", "no_image_returned", false, 2)]
    [InlineData("unknown_finish", "no_image_returned", false, 2)]
    [InlineData("no_parts", "no_image_returned", false, 2)]
    [InlineData("no_candidates", "no_image_returned", false, 2)]
    [InlineData("empty_object", "no_image_returned", false, 2)]
    [InlineData("empty_body", "no_image_returned", false, 2)]
    [InlineData("corrupt_base64", "no_image_returned", false, 2)]
    [InlineData("truncated_png", "no_image_returned", false, 2)]
    [InlineData("html_200", "provider_unavailable", true, 2)]
    [InlineData("truncated_json", "provider_unavailable", true, 2)]
    [InlineData("image_safety", "content_blocked", false, 2)]
    [InlineData("image_prohibited", "content_blocked", false, 2)]
    [InlineData("recitation", "content_blocked", false, 2)]
    [InlineData("image_recitation", "content_blocked", false, 2)]
    [InlineData("blocked_other", "content_blocked", false, 2)]
    [InlineData("safety", "content_blocked", false, 1)]
    [InlineData("blocked_safety", "content_blocked", false, 1)]
    [InlineData("blocked_prohibited", "content_blocked", false, 1)]
    // Other statuses.
    [InlineData("bad_request", "provider_rejected", false, 1)]
    [InlineData("key_invalid", "provider_auth", false, 1)]
    [InlineData("region", "provider_auth", false, 1)]
    [InlineData("unauthenticated", "provider_auth", false, 1)]
    [InlineData("no_credit", "provider_auth", false, 1)]
    [InlineData("forbidden", "provider_auth", false, 1)]
    [InlineData("not_found", "model_unavailable", false, 1)]
    [InlineData("quota_bare", "provider_rate_limited", true, 3)]
    [InlineData("quota_daily", "provider_rate_limited", false, 1)]
    [InlineData("quota_zero", "provider_rate_limited", false, 1)]
    [InlineData("cancelled", "provider_unavailable", true, 3)]
    [InlineData("internal", "provider_unavailable", true, 3)]
    [InlineData("overloaded", "provider_unavailable", true, 3)]
    [InlineData("overloaded_list", "provider_unavailable", true, 3)]
    [InlineData("html_502", "provider_unavailable", true, 3)]
    [InlineData("deadline", "provider_timeout", true, 2)]
    [InlineData("redirect", "provider_unavailable", false, 1)]
    // The connection.
    [InlineData("reset", "provider_unavailable", true, 3)]
    [InlineData("reset_body", "provider_unavailable", true, 3)]
    public async Task Failures_EndInTheRightCodeAfterTheRightCalls(string behaviour, string code, bool retryable, int calls)
    {
        await using var rig = await GeminiRig.StartAsync();
        var outcome = await rig.Script(behaviour, times: 50).GenerateAsync();
        Assert.Null(outcome.Image);
        Assert.Equal((code, retryable, calls), (outcome.Failure!.Code, outcome.Failure.Retryable, rig.Calls));
        AssertSafe(outcome, rig);
    }

    [Theory]
    [InlineData("silence")]
    [InlineData("stalled_body")]
    public async Task Timeouts_CoverTheBodyAndAreRetriedOnce(string behaviour)
    {
        await using var rig = await GeminiRig.StartAsync(new() { ["GEMINI_ATTEMPT_TIMEOUT"] = "0.4" });
        var outcome = await rig.Script(behaviour, times: 50).GenerateAsync();
        Assert.Equal(("provider_timeout", true, 2), (outcome.Failure!.Code, outcome.Failure.Retryable, rig.Calls));
        AssertSafe(outcome, rig);
    }

    [Theory]
    [InlineData("overloaded")]
    [InlineData("reset")]
    [InlineData("text_only")]
    [InlineData("truncated_json")]
    public async Task Failures_ThatPassEndInAPicture(string behaviour)
    {
        await using var rig = await GeminiRig.StartAsync();
        var outcome = await rig.Script(behaviour).GenerateAsync();
        Assert.NotNull(outcome.Image);
        Assert.Equal(2, rig.Calls);
    }

    [Fact]
    public async Task Nobody_ThereIsUnavailable()
    {
        await using var rig = await GeminiRig.StartAsync(new() { ["GEMINI_BASE_URL"] = "http://127.0.0.1:9" });
        var outcome = await rig.GenerateAsync();
        Assert.Equal(("provider_unavailable", true), (outcome.Failure!.Code, outcome.Failure.Retryable));
    }

    [Theory]
    [InlineData("quota_minute", "0.15s")]
    [InlineData("quota_minute_words", "0.15s")]
    public async Task RetryInfo_IsWaitedFor(string behaviour, string delay)
    {
        await using var rig = await GeminiRig.StartAsync();
        var watch = Stopwatch.StartNew();
        var outcome = await rig.Script(behaviour, retryDelay: delay).GenerateAsync();
        Assert.NotNull(outcome.Image);
        Assert.Equal(2, rig.Calls);
        Assert.True(watch.Elapsed >= TimeSpan.FromMilliseconds(150), $"Asked again after {watch.Elapsed}.");
    }

    [Fact]
    public async Task RetryInfo_TooLongIsLeftToTheJob()
    {
        await using var rig = await GeminiRig.StartAsync();
        var outcome = await rig.Script("quota_minute", times: 9, retryDelay: "34.074824224s").GenerateAsync();
        Assert.Equal(("provider_rate_limited", true, 1), (outcome.Failure!.Code, outcome.Failure.Retryable, rig.Calls));
        Assert.Equal(34.074824, outcome.RetryAfter!.Value.TotalSeconds, 3);
    }

    [Fact]
    public async Task Quota_ClearsAfterItsWindow()
    {
        await using var rig = await GeminiRig.StartAsync(emulation: new EmulatorOptions { RequestsPerMinute = 1, QuotaWindow = 0.5 });
        for (var round = 0; round < 3; round++)
            Assert.NotNull((await rig.GenerateAsync()).Image);
    }

    [Fact]
    public async Task NoImage_IsAskedForInPlainerWordsWithAnotherSeed()
    {
        await using var rig = await GeminiRig.StartAsync();
        await rig.Script("no_image").GenerateAsync();
        var entries = rig.Emulator.Journal.Entries;
        Assert.NotEqual(entries[0].Seed, entries[1].Seed);
        Assert.Contains("Answer with an image and no words.", entries[1].Parts[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("Answer with an image and no words.", entries[0].Parts[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task BlockWithoutReason_IsTriedWithTheSamePicturesInOtherBytes()
    {
        await using var rig = await GeminiRig.StartAsync();
        var outcome = await rig.Script("blocked_other").GenerateAsync();
        Assert.NotNull(outcome.Image);
        Assert.StartsWith("image/png", rig.Emulator.Journal.Entries[0].Parts[1], StringComparison.Ordinal);
        Assert.StartsWith("image/jpeg", rig.Emulator.Journal.Entries[1].Parts[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task MaxTokens_IsTriedWithLessThinking()
    {
        await using var rig = await GeminiRig.StartAsync();
        Assert.NotNull((await rig.Script("max_tokens").GenerateAsync()).Image);
        Assert.Equal([null, "MINIMAL"], rig.Emulator.Journal.Entries.Select(entry => entry.ThinkingLevel));
    }

    [Fact]
    public async Task Tokens_OfFailedTriesAreCountedToo()
    {
        await using var rig = await GeminiRig.StartAsync();
        var outcome = await rig.Script("no_image").GenerateAsync();
        Assert.Equal((1120, 2400), (outcome.InputTokens, outcome.OutputTokens));
    }

    [Theory]
    [InlineData("not_found", 2)]
    [InlineData("overloaded", 4)]
    public async Task Fallback_TakesOverWhenTheModelCannotAnswer(string behaviour, int calls)
    {
        await using var rig = await GeminiRig.StartAsync(new() { ["GEMINI_MODEL_FALLBACK"] = "gemini-3-pro-image" });
        var outcome = await rig.Script(behaviour, times: 50, model: GeminiRig.Model).GenerateAsync();
        Assert.NotNull(outcome.Image);
        Assert.Equal(("gemini-3-pro-image", calls), (outcome.Model, rig.Calls));
    }

    [Fact]
    public async Task Fallback_IsNotAskedForARefusedPicture()
    {
        await using var rig = await GeminiRig.StartAsync(new() { ["GEMINI_MODEL_FALLBACK"] = "gemini-3-pro-image" });
        var outcome = await rig.Script("blocked_safety").GenerateAsync();
        Assert.Equal(("content_blocked", 1), (outcome.Failure!.Code, rig.Calls));
    }

    [Fact]
    public async Task Breaker_OpensForTheSickModelAlone()
    {
        await using var rig = await GeminiRig.StartAsync(new() { ["GEMINI_BREAKER_THROUGHPUT"] = "4", ["GEMINI_BREAKER_BREAK"] = "600" });
        rig.Script("internal", times: 1000, model: GeminiRig.Model);
        await rig.GenerateAsync();
        await rig.GenerateAsync();
        var before = rig.Calls;
        var outcome = await rig.GenerateAsync();
        Assert.Equal(("circuit_open", true, before), (outcome.Failure!.Code, outcome.Failure.Retryable, rig.Calls));
        Assert.NotNull(outcome.RetryAfter);
        Assert.NotNull((await rig.Provider.GenerateAsync(GeminiRig.Request(fast: true), default)).Image);
    }

    [Fact]
    public async Task Breaker_IgnoresQuotas()
    {
        await using var rig = await GeminiRig.StartAsync(new() { ["GEMINI_BREAKER_THROUGHPUT"] = "4" });
        rig.Script("quota_bare", times: 12);
        for (var round = 0; round < 4; round++)
            Assert.Equal("provider_rate_limited", (await rig.GenerateAsync()).Failure!.Code);
        Assert.NotNull((await rig.GenerateAsync()).Image);
    }

    [Fact]
    public async Task Cancel_StopsAtOnceAndNothingIsAskedAfterIt()
    {
        await using var rig = await GeminiRig.StartAsync();
        rig.Script("silence", times: 10);
        using var cancel = new CancellationTokenSource();
        var call = rig.GenerateAsync(cancel.Token);
        await Until(() => rig.Calls == 1);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Until(() => rig.Emulator.Journal.Outcomes.ContainsKey("client_gone"));
        Assert.Equal(1, rig.Calls);
    }

    [Fact]
    public async Task Cancel_WhileWaitingToRetryAsksNoMore()
    {
        await using var rig = await GeminiRig.StartAsync();
        rig.Script("quota_minute", times: 10, retryDelay: "9s");
        using var cancel = new CancellationTokenSource();
        var call = rig.GenerateAsync(cancel.Token);
        await Until(() => rig.Emulator.Journal.Outcomes.ContainsKey("429"));
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(1, rig.Calls);
    }

    [Fact]
    public async Task Rerouted_ModelIsReported()
    {
        await using var rig = await GeminiRig.StartAsync(new() { ["GEMINI_MODEL"] = "models/gemini-3.1-flash-image" });
        var outcome = await rig.GenerateAsync();
        Assert.Equal(("gemini-3.1-flash-image", GeminiRig.Model), (outcome.Model, outcome.ModelVersion));
        Assert.Contains("may be about to be retired", rig.Logs.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Telemetry_CountsCallsAndTokensByOutcome()
    {
        var model = "gemini-2.5-flash-image";
        var seen = new List<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == GenerationTelemetry.Name) self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var all = tags.ToArray();
            if (all.Any(tag => Equals(tag.Value, model)))
                lock (seen) seen.Add($"{instrument.Name} {value} {all.First(tag => tag.Key is "outcome" or "direction").Value}");
        });
        listener.Start();
        await using var rig = await GeminiRig.StartAsync(new() { ["GEMINI_MODEL"] = model });
        await rig.Script("no_image").GenerateAsync();
        Assert.Equal(
            ["ivg.provider.calls 1 no_image_returned", "ivg.provider.tokens 560 input", "ivg.provider.tokens 1200 output",
             "ivg.provider.calls 1 ok", "ivg.provider.tokens 560 input", "ivg.provider.tokens 1200 output"], seen);
    }

    private static void AssertSafe(ProviderOutcome outcome, GeminiRig rig)
    {
        Assert.DoesNotContain(GeminiRig.Key, rig.Logs.All, StringComparison.Ordinal);
        Assert.DoesNotContain("even black line", rig.Logs.All, StringComparison.Ordinal);
        foreach (var inner in new[] { GeminiRig.Key, "googleapis", "Support code", "RESOURCE_EXHAUSTED", "Exception" })
            Assert.DoesNotContain(inner, outcome.Failure!.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", outcome.Failure!.Message, StringComparison.Ordinal);
    }

    private static async Task Until(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition()) await Task.Delay(5, limit.Token);
    }
}
