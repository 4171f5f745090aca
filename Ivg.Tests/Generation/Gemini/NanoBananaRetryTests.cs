using System.Diagnostics;
using Ivg.GeminiEmulator;

namespace Ivg.Tests.Generation.Gemini;

/// <summary>What is tried again, how and when.</summary>
public sealed class NanoBananaRetryTests
{
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

    [Theory]
    [InlineData("quota_minute", "0.15s")]
    [InlineData("quota_minute_words", "0.15s")]
    [InlineData("quota_minute_list", "0.150000001s")]
    [InlineData("quota_images", "0.15s")]
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
        await using var rig = await GeminiRig.StartAsync(emulation: new EmulatorOptions { RequestsPerMinute = 1, QuotaWindow = 0.1 });
        for (var round = 0; round < 40; round++)
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
}
