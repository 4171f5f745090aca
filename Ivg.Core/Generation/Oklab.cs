namespace Ivg.Core.Generation;

/// <summary>sRGB to OKLab and back, after Björn Ottosson's "A perceptual color space for image processing" (2020).</summary>
internal static class Oklab
{
    private const int Steps = 4096;
    private static readonly float[] ToLinear = [.. Enumerable.Range(0, 256).Select(i => Decode(i / 255f))];
    private static readonly byte[] ToByte = [.. Enumerable.Range(0, Steps + 1).Select(i => (byte)((Encode(i / (float)Steps) * 255f) + 0.5f))];

    public static float Linear(byte value) => ToLinear[value];

    public static Lab FromSrgb(byte r, byte g, byte b) => FromLinear(ToLinear[r], ToLinear[g], ToLinear[b]);

    /// <summary>From linear light, each 0 to 1.</summary>
    public static Lab FromLinear(float r, float g, float b)
    {
        var l = MathF.Cbrt((0.4122214708f * r) + (0.5363325363f * g) + (0.0514459929f * b));
        var m = MathF.Cbrt((0.2119034982f * r) + (0.6806995451f * g) + (0.1073969566f * b));
        var s = MathF.Cbrt((0.0883024619f * r) + (0.2817188376f * g) + (0.6299787005f * b));
        return new Lab(
            (0.2104542553f * l) + (0.7936177850f * m) - (0.0040720468f * s),
            (1.9779984951f * l) - (2.4285922050f * m) + (0.4505937099f * s),
            (0.0259040371f * l) + (0.7827717662f * m) - (0.8086757660f * s));
    }

    /// <summary>To linear light, clipped to 0 to 1.</summary>
    public static (float R, float G, float B) ToLinearRgb(Lab colour)
    {
        var l = colour.L + (0.3963377774f * colour.A) + (0.2158037573f * colour.B);
        var m = colour.L - (0.1055613458f * colour.A) - (0.0638541728f * colour.B);
        var s = colour.L - (0.0894841775f * colour.A) - (1.2914855480f * colour.B);
        (l, m, s) = (l * l * l, m * m * m, s * s * s);
        return (
            Math.Clamp((4.0767416621f * l) - (3.3077115913f * m) + (0.2309699292f * s), 0f, 1f),
            Math.Clamp((-1.2684380046f * l) + (2.6097574011f * m) - (0.3413193965f * s), 0f, 1f),
            Math.Clamp((-0.0041960863f * l) - (0.7034186147f * m) + (1.7076147010f * s), 0f, 1f));
    }

    public static void Write(Lab colour, Span<byte> rgb)
    {
        var (r, g, b) = ToLinearRgb(colour);
        rgb[0] = Quantise(r);
        rgb[1] = Quantise(g);
        rgb[2] = Quantise(b);
    }

    // The curve is steep near black, where the table's steps are coarser than a byte; the exact formula serves there.
    private static byte Quantise(float linear) =>
        linear < 0.02f ? (byte)((Encode(linear) * 255f) + 0.5f) : ToByte[(int)((linear * Steps) + 0.5f)];

    private static float Decode(float v) => v <= 0.04045f ? v / 12.92f : MathF.Pow((v + 0.055f) / 1.055f, 2.4f);

    private static float Encode(float v) => v <= 0.0031308f ? v * 12.92f : (1.055f * MathF.Pow(v, 1 / 2.4f)) - 0.055f;
}
