using System.Diagnostics.Metrics;
using Ivg.Core.Generation;

namespace Ivg.Tests.Generation.Gemini;

/// <summary>What is counted.</summary>
public sealed class NanoBananaTelemetryTests
{
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
}
