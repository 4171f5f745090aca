using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace Ivg.Core.Images;

/// <summary>
/// Tells whether a PNG is whole without making pixels of it: every checksum is right, the end is there, and the scanlines unpack to exactly the size that
/// the header promises. Cheaper than decoding, which does all that and more.
/// </summary>
internal static class PngCheck
{
    private const int Frame = 12;
    private const int MostFilter = 4;

    /// <summary>True: whole. False: damaged, or of a kind that only a decoder can judge (interlaced).</summary>
    public static bool IsWhole(byte[] png)
    {
        var packed = ArrayPool<byte>.Shared.Rent(png.Length);
        try
        {
            return Collect(png, packed, out var length) is { } header && Unpacks(packed, length, header.Stride, header.Height);
        }
        catch (InvalidDataException)
        {
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(packed);
        }
    }

    /// <summary>Checks the chunks and puts the pieces of the pixel data behind each other.</summary>
    private static (int Stride, int Height)? Collect(ReadOnlySpan<byte> png, Span<byte> packed, out int length)
    {
        length = 0;
        (int Stride, int Height)? header = null;
        for (var at = 8; at + Frame <= png.Length;)
        {
            var size = BinaryPrimitives.ReadUInt32BigEndian(png[at..]);
            if (size > png.Length - at - Frame) return null;
            var typed = png.Slice(at + 4, 4 + (int)size);
            if (Crc32.HashToUInt32(typed) != BinaryPrimitives.ReadUInt32BigEndian(png[(at + 8 + (int)size)..])) return null;
            var type = typed[..4];
            var data = typed[4..];
            if (header is null)
            {
                if (!type.SequenceEqual("IHDR"u8) || (header = ReadHeader(data)) is null) return null;
            }
            else if (type.SequenceEqual("IDAT"u8))
            {
                data.CopyTo(packed[length..]);
                length += data.Length;
            }
            else if (type.SequenceEqual("IEND"u8)) return header;
            at += Frame + (int)size;
        }
        return null;
    }

    private static (int Stride, int Height)? ReadHeader(ReadOnlySpan<byte> data)
    {
        if (data.Length != 13 || data[12] != 0) return null;
        // Grey, colour, palette, grey with alpha, colour with alpha.
        var bands = data[9] switch { 0 or 3 => 1, 2 => 3, 4 => 2, 6 => 4, _ => 0 };
        var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(data), BinaryPrimitives.ReadUInt32BigEndian(data[4..]));
        // One byte before each row names its filter.
        var stride = ((long)width * bands * data[8] + 7) / 8 + 1;
        return bands > 0 && stride <= Array.MaxLength && height is > 0 and <= int.MaxValue ? ((int)stride, (int)height) : null;
    }

    private static bool Unpacks(byte[] packed, int length, int stride, int height)
    {
        using var rows = new ZLibStream(new MemoryStream(packed, 0, length), CompressionMode.Decompress);
        var part = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            var (total, expected, nextRow) = (0L, (long)stride * height, 0L);
            int read;
            while ((read = rows.Read(part)) > 0)
            {
                if (total + read > expected) return false;
                for (; nextRow < total + read; nextRow += stride)
                    if (part[nextRow - total] > MostFilter) return false;
                total += read;
            }
            return total == expected;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(part);
        }
    }
}
