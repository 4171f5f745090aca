using Ivg.Tests.Application;

namespace Ivg.Tests.Generation.Gemini;

/// <summary>After a cancel nobody is asked.</summary>
public sealed class NanoBananaCancelTests
{
    [Theory]
    [InlineData("silence")]
    [InlineData("stalled_body")]
    public async Task Cancel_WhileGeminiAnswers_EndsAtOnceAndGeminiHearsOfIt(string behaviour)
    {
        await using var rig = await GeminiRig.StartAsync();
        rig.Script(behaviour, times: 10);
        using var cancel = new CancellationTokenSource();
        var call = rig.GenerateAsync(cancel.Token);
        await UntilAsync(() => rig.Calls == 1, "the call");
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await UntilAsync(() => rig.Emulator.Journal.Outcomes.ContainsKey("499"), "Gemini to hear of it");
        Assert.Equal(1, rig.Calls);
    }

    [Fact]
    public async Task Cancel_WhileWaitingToRetry_AsksNoMore()
    {
        await using var rig = await GeminiRig.StartAsync();
        rig.Script("quota_minute", retryDelay: "0.3s");
        using var cancel = new CancellationTokenSource();
        var call = rig.GenerateAsync(cancel.Token);
        await UntilAsync(() => rig.Emulator.Journal.Outcomes.ContainsKey("429"), "the quota's answer");
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        // Another call that takes longer than the wait: had the first asked again, it would have by the end of this one.
        Assert.NotNull((await rig.Script("ok", delayMs: 600).GenerateAsync()).Image);
        Assert.Equal(2, rig.Calls);
    }

    private static Task UntilAsync(Func<bool> condition, string what) => Until.TrueAsync(() => Task.FromResult(condition()), TimeSpan.FromSeconds(20), what);
}
