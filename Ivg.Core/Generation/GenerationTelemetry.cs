using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Ivg.Core.Generation;

/// <summary>Spans and counts of calls to image models. No prompt, key or picture is in either.</summary>
public static class GenerationTelemetry
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string Name = "Ivg.Generation";

    internal static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Calls = Meter.CreateCounter<long>(
        "ivg.provider.calls", "{call}", "Answers asked of an image provider, by how they ended; retries within one are not counted apart.");

    private static readonly Counter<long> Tokens = Meter.CreateCounter<long>(
        "ivg.provider.tokens", "{token}", "Tokens as the provider counts them.");

    internal static void Count(string provider, string model, string outcome, int? inputTokens, int? outputTokens)
    {
        Calls.Add(1, new TagList { { "provider", provider }, { "model", model }, { "outcome", outcome } });
        if (inputTokens is { } input) Tokens.Add(input, new TagList { { "provider", provider }, { "model", model }, { "direction", "input" } });
        if (outputTokens is { } output) Tokens.Add(output, new TagList { { "provider", provider }, { "model", model }, { "direction", "output" } });
    }
}
