namespace Ivg.Core.Generation;

/// <summary>A colour in OKLab: lightness 0 to 1, green-red and blue-yellow about -0.4 to 0.4.</summary>
internal readonly record struct Lab(float L, float A, float B)
{
    public float Chroma => MathF.Sqrt((A * A) + (B * B));

    /// <summary>Reads <c>#rrggbb</c>; anything else is mid grey, since a profile's typing error must not lose a picture.</summary>
    public static Lab FromHex(string? hex) =>
        hex is ['#', ..] && hex.Length == 7 && int.TryParse(hex.AsSpan(1), System.Globalization.NumberStyles.HexNumber, null, out var rgb)
            ? Oklab.FromSrgb((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb)
            : new Lab(0.6f, 0, 0);

    public static Lab Mix(Lab from, Lab to, float share) =>
        new(from.L + ((to.L - from.L) * share), from.A + ((to.A - from.A) * share), from.B + ((to.B - from.B) * share));

    /// <summary>Squared distance with lightness weighed by <paramref name="lightness"/>.</summary>
    public float Distance2(Lab other, float lightness = 1f)
    {
        var (l, a, b) = ((L - other.L) * lightness, A - other.A, B - other.B);
        return (l * l) + (a * a) + (b * b);
    }
}
