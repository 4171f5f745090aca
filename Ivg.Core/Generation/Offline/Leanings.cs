namespace Ivg.Core.Generation.Offline;

/// <summary>What one seed does to a picture beyond its grain: siblings differ as if another day, hand and tray of colours had made them.</summary>
internal sealed class Leanings
{
    private readonly uint _seed;

    public Leanings(int seed)
    {
        _seed = Offline.Noise.Hash((uint)seed);
        Warmth = Between(1, -0.024f, 0.024f);
        Saturation = Between(2, 0.86f, 1.16f);
        Lightness = Between(3, -0.035f, 0.035f);
        LineWeight = Between(4, 0.8f, 1.25f);
        Angle = Between(5, -0.3f, 0.3f);
    }

    /// <summary>Added to blue-yellow; negative is cooler.</summary>
    public float Warmth { get; }

    /// <summary>Factor on chroma.</summary>
    public float Saturation { get; }

    /// <summary>Added to mid tones.</summary>
    public float Lightness { get; }

    /// <summary>Factor on the width of lines.</summary>
    public float LineWeight { get; }

    /// <summary>Turns strokes and screens, in radians.</summary>
    public float Angle { get; }

    /// <summary>A value of the seed's own for one purpose.</summary>
    public float Between(uint purpose, float low, float high) =>
        low + ((high - low) * (Offline.Noise.Hash(_seed + (purpose * 0x632BE5AB)) / (float)uint.MaxValue));

    /// <summary>A noise of the seed's own for one purpose.</summary>
    public Noise Noise(uint purpose) => new(Offline.Noise.Hash(_seed ^ (purpose * 0x85157AF5)));
}
