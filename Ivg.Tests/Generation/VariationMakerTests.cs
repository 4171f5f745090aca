using System.Collections.Concurrent;
using System.Text.Json;
using Ivg.Core;
using Ivg.Core.Generation;
using Ivg.Core.Images;
using Ivg.Core.Jobs;
using Ivg.GeminiEmulator;

namespace Ivg.Tests.Generation;

public sealed class VariationMakerTests
{
    private readonly ConcurrentQueue<(string Stage, int Progress)> _reports = new();

    [Fact]
    public async Task MakeAsync_CountOfFour_AsksInParallelWithSeedsOfTheirOwn()
    {
        await using var rig = await GeminiRig.StartAsync(emulation: new EmulatorOptions { LatencyScale = 0.02 });
        var output = await MakeAsync(rig, new VariationRequest { Count = 4, Seed = int.MaxValue });
        Assert.Equal(4, output.Images.Select(image => Convert.ToHexString(Pictures.Decode(image.Bytes).Pixels)).Distinct().Count());
        Assert.Equal([int.MaxValue, int.MinValue, int.MinValue + 1, int.MinValue + 2], output.Details!["seeds"]!.AsArray().Select(seed => (int)seed!));
        Assert.True(rig.Emulator.Journal.HighWater > 1, "The siblings were asked one after the other.");
        Assert.Equal(4, rig.Calls);
    }

    [Fact]
    public async Task MakeAsync_Success_DescribesItselfAndReportsStagesInOrder()
    {
        await using var rig = await GeminiRig.StartAsync();
        var output = await MakeAsync(rig, new VariationRequest { Count = 2, Seed = 5, Prompt = "at night" });
        Assert.Equal(("nano_banana", GeminiRig.Model), (output.Provider, output.Model));
        var details = output.Details!;
        Assert.Equal(("variation-2", 64, "3:2"), ((string?)details["prompt_id"], ((string?)details["prompt_hash"])!.Length, (string?)details["aspect_ratio"]));
        Assert.Equal((5, 0, GeminiRig.Model), ((int)details["seed"]!, (int)details["failed_images"]!, (string?)details["model_version"]));
        Assert.Equal((1120, 2400), ((int)details["usage"]!["input_tokens"]!, (int)details["usage"]!["output_tokens"]!));
        Assert.Equal(2, details["provider_request_ids"]!.AsArray().Distinct().Count());
        Assert.Equal(["prepared", "generated", "composed"], details["timings_ms"]!.AsObject().Select(member => member.Key));
        Assert.Equal([("generating", 10), ("generating", 50), ("generating", 90), ("saving", 90)], _reports);
    }

    [Fact]
    public async Task MakeAsync_SomeFail_GivesTheOthersAndSaysSo()
    {
        await using var rig = await GeminiRig.StartAsync();
        var output = await MakeAsync(rig.Script("blocked_safety", times: 3), new VariationRequest { Count = 4 });
        Assert.Single(output.Images);
        Assert.Equal(3, (int)output.Details!["failed_images"]!);
        Assert.Equal("content_blocked", (string?)output.Details["failures"]![0]!["code"]);
        Assert.Single(output.Details["seeds"]!.AsArray());
    }

    [Fact]
    public async Task MakeAsync_AllFail_ThrowsTheFirstErrorWithTheWait()
    {
        await using var rig = await GeminiRig.StartAsync();
        rig.Script("quota_minute", times: 20, retryDelay: "45s");
        var failure = await Assert.ThrowsAsync<JobFailedException>(() => MakeAsync(rig, new VariationRequest { Count = 2 }));
        Assert.Equal(("provider_rate_limited", true), (failure.Error.Code, failure.Error.Retryable));
        Assert.Equal(TimeSpan.FromSeconds(45), failure.RetryAfter);
    }

    [Fact]
    public async Task MakeAsync_Fast_ShowsTheModelSmallPictures()
    {
        await using var rig = await GeminiRig.StartAsync(new() { ["FAST_REFERENCE_MAX_SIZE"] = "100" });
        var output = await MakeAsync(rig, new VariationRequest { Fast = true });
        Assert.Equal(GeminiRig.FastModel, output.Model);
        var shown = InputImages.Prepare(ImageRole.Source, Source, 100);
        Assert.Equal((100, 67), (shown.Width, shown.Height));
        Assert.Contains($" {shown.Bytes.Length} ", rig.Emulator.Journal.Entries[0].Parts[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task MakeAsync_SourceIsTheStylesReference_IsSentOnce()
    {
        await using var rig = await GeminiRig.StartAsync();
        await rig.Maker.MakeAsync(Job(), new VariationRequest(), Source, GeminiRig.TestStyle, [.. Source], default);
        Assert.Single(rig.Emulator.Journal.Entries[0].Parts, part => part.StartsWith("image/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task MakeAsync_DamagedSource_IsRejectedWithoutACall()
    {
        await using var rig = await GeminiRig.StartAsync();
        var failure = await Assert.ThrowsAsync<JobFailedException>(() =>
            rig.Maker.MakeAsync(Job(), new VariationRequest(), TestPictures.Png(3000, 20)[..400], null, null, default));
        Assert.Equal(("provider_rejected", false, 0), (failure.Error.Code, failure.Error.Retryable, rig.Calls));
    }

    [Fact]
    public async Task MakeAsync_Cancelled_LeavesNoCallBehind()
    {
        await using var rig = await GeminiRig.StartAsync();
        rig.Script("silence", times: 4);
        using var cancel = new CancellationTokenSource();
        var making = rig.Maker.MakeAsync(Job(), new VariationRequest { Count = 4 }, Source, null, null, cancel.Token);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (rig.Calls < 4) await Task.Delay(5, limit.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => making);
        while (rig.Emulator.Journal.Outcomes.GetValueOrDefault("499") < 4) await Task.Delay(5, limit.Token);
        Assert.Equal(4, rig.Calls);
    }

    private static byte[] Source { get; } = TestPictures.Png(150, 100);

    private Task<JobOutput> MakeAsync(GeminiRig rig, VariationRequest request) =>
        rig.Maker.MakeAsync(Job(), request, Source, GeminiRig.TestStyle, TestPictures.Png(80, 80, hue: 220), default);

    private JobContext Job() => new(Guid.CreateVersion7(), "default:tests", "req-tests", 1, JsonSerializer.SerializeToElement(new VariationRequest(), IvgJson.Options),
        (stage, progress, _) =>
        {
            _reports.Enqueue((stage, progress));
            return Task.CompletedTask;
        });
}
