using System.Buffers.Binary;
using Ivg.Tests.Application;
using NetVips;

namespace Ivg.Tests.BadInputs;

/// <summary>Small files of enormous pictures.</summary>
internal static class BombInputs
{
    public static IEnumerable<BadInput> All()
    {
        foreach (var (width, height) in new[] { (6325, 6325), (20_000, 20_000), (30_000, 30_000), (40_000_001, 16), (16, 2_600_000) })
            yield return TooMany($"PNG of {width} x {height}", () => BadPictures.BlackPng(width, height));
        foreach (var (width, height) in new[] { (7000, 6000), (65_535, 65_535) })
        {
            yield return TooMany($"GIF of {width} x {height}", () => Gif((ushort)width, (ushort)height));
            yield return TooMany($"JPEG whose header says {width} x {height}", () => Jpeg((ushort)Math.Min(width, 65_500), (ushort)Math.Min(height, 65_500)));
        }
        foreach (var side in new[] { 6400, 16_383 })
            yield return TooMany($"WebP of {side} x {side}", () => Vp8L(side));
        foreach (var side in new[] { 6400, 100_000 })
            yield return TooMany($"TIFF of {side} x {side}", () => Tiff(side));
        yield return TooMany("TIFF of 8000 x 8000, packed", () =>
        {
            using var black = Image.Black(8000, 8000, bands: 3);
            return black.TiffsaveBuffer(compression: Enums.ForeignTiffCompression.Deflate);
        });
        foreach (var (width, height) in new[] { (1, 1), (15, 15), (15, 4000), (4000, 1) })
            yield return BadInput.File($"PNG of {width} x {height}", 422, "image_too_small", () => BadPictures.BlackPng(width, height));
        yield return new("upload of 21 MiB", 413, "image_too_large", () => BadInput.Form("/api/variations", BadInput.Part("name=\"image\"; filename=\"a.png\"", new byte[21 << 20])));
        yield return new("upload of 21 MiB in a field of another name", 413, "image_too_large", () => BadInput.Form("/api/variations", BadInput.Part("name=\"other\"; filename=\"a.png\"", new byte[21 << 20])));
    }

    private static BadInput TooMany(string name, Func<byte[]> file) => BadInput.File(name, 422, "too_many_pixels", file);

    // A screen of that size with one frame of as much, whose codes never come.
    private static byte[] Gif(ushort width, ushort height) =>
    [
        .. "GIF89a"u8, .. Little(width), .. Little(height), 0x80, 0, 0, 0, 0, 0, 255, 255, 255,
        0x2C, 0, 0, 0, 0, .. Little(width), .. Little(height), 0, 2, 2, 0x4C, 0x01, 0, 0x3B,
    ];

    private static byte[] Jpeg(ushort width, ushort height)
    {
        var jpeg = BadPictures.Jpeg(64, 64);
        var frame = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(frame + 5), height);
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(frame + 7), width);
        return jpeg;
    }

    // Lossless: a mark, then twice 14 bits of size less one.
    private static byte[] Vp8L(int side)
    {
        var sides = (uint)(side - 1) | (uint)(side - 1) << 14;
        byte[] data = [0x2F, (byte)sides, (byte)(sides >> 8), (byte)(sides >> 16), (byte)(sides >> 24), .. new byte[27]];
        return [.. "RIFF"u8, .. Little((uint)data.Length + 12), .. "WEBPVP8L"u8, .. Little((uint)data.Length), .. data];
    }

    // One strip of grey, all of it at the header's own place.
    private static byte[] Tiff(int side)
    {
        (ushort Tag, ushort Type, uint Value)[] entries =
        [
            (256, 4, (uint)side), (257, 4, (uint)side), (258, 3, 8), (259, 3, 1), (262, 3, 1), (273, 4, 8), (277, 3, 1), (278, 4, (uint)side), (279, 4, 100),
        ];
        return [.. "II"u8, 42, 0, 8, 0, 0, 0, .. Little((ushort)entries.Length), .. entries.SelectMany(one => (byte[])[.. Little(one.Tag), .. Little(one.Type), 1, 0, 0, 0, .. Little(one.Value)]), 0, 0, 0, 0];
    }

    private static byte[] Little(ushort value) => [(byte)value, (byte)(value >> 8)];

    private static byte[] Little(uint value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16), (byte)(value >> 24)];
}
