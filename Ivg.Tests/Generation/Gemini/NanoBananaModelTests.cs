namespace Ivg.Tests.Generation.Gemini;

/// <summary>Models that are gone, sick or somebody else.</summary>
public sealed class NanoBananaModelTests
{
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
    public async Task Rerouted_ModelIsReported()
    {
        await using var rig = await GeminiRig.StartAsync(new() { ["GEMINI_MODEL"] = "models/gemini-3.1-flash-image" });
        var outcome = await rig.GenerateAsync();
        Assert.Equal(("gemini-3.1-flash-image", GeminiRig.Model), (outcome.Model, outcome.ModelVersion));
        Assert.Contains("may be about to be retired", rig.Logs.All, StringComparison.Ordinal);
    }
}
