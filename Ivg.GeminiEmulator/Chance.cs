using System.Globalization;
using Microsoft.Extensions.Options;

namespace Ivg.GeminiEmulator;

/// <summary>What is left to chance, the same for the same seed: which requests fail, and how long each takes.</summary>
internal sealed class Chance
{
    private readonly int _seed;
    private readonly (string Behaviour, double Share)[] _failures;

    /// <exception cref="FormatException"><c>EMULATOR_FAILURES</c> is not a list of behaviours and shares.</exception>
    public Chance(IOptions<EmulatorOptions> options)
    {
        _seed = options.Value.Seed;
        _failures = [.. options.Value.Failures.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Parse)];
    }

    /// <summary>The behaviour of the n-th request; null for an ordinary answer.</summary>
    public string? Failure(int number)
    {
        var drawn = Draw(number, 1);
        foreach (var (behaviour, share) in _failures)
            if ((drawn -= share) < 0) return behaviour;
        return null;
    }

    /// <summary>What the n-th request's usual latency is multiplied by: 0.6 to 1.8, mostly below 1, 1 on average.</summary>
    public double Slowness(int number)
    {
        var drawn = Draw(number, 2);
        return 0.6 + 1.2 * drawn * drawn;
    }

    private double Draw(int number, int purpose) => new Random(unchecked(_seed * 73856093 ^ number * 19349663 ^ purpose * 83492791)).NextDouble();

    private static (string, double) Parse(string entry) =>
        entry.Split(':') is [var behaviour, var share] && Behaviours.All.Contains(behaviour)
        && double.TryParse(share, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number <= 1
            ? (behaviour, number)
            : throw new FormatException($"EMULATOR_FAILURES has '{entry}', which is no behaviour with a share of 0 to 1, such as overloaded:0.1.");
}
