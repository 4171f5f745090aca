using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using Ivg.Core.Images;
using Ivg.Tests.Generation;

namespace Ivg.Tests.Application;

/// <summary>Files that are not what they should be, and sound ones that libvips alone would not write for us.</summary>
internal static class BadPictures
{
    /// <summary>A sound PNG of one-bit pixels, all black, however large: its zeros pack a thousandfold.</summary>
    public static byte[] BlackPng(int width, int height)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var row = new byte[1 + (width + 7) / 8];
            for (var y = 0; y < height; y++) zlib.Write(row);
        }
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 1;
        return [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. Chunk("IHDR", header), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    /// <summary>A sound PNG whose pixels are not packed at all: as large a file as one likes, for little work.</summary>
    public static byte[] StoredPng(int width, int height)
    {
        using var stored = new MemoryStream();
        using (var zlib = new ZLibStream(stored, CompressionLevel.NoCompression, leaveOpen: true))
        {
            var row = new byte[1 + width * 3];
            for (var y = 0; y < height; y++)
            {
                row.AsSpan(1).Fill((byte)(y * 255 / height));
                zlib.Write(row);
            }
        }
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);
        return [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. Chunk("IHDR", header), .. Chunk("IDAT", stored.ToArray()), .. Chunk("IEND", [])];
    }

    public static byte[] Jpeg(int width, int height) => Pictures.Encode(TestPictures.Gradient(width, height), ImageFormat.Jpeg);

    /// <summary>A JPEG whose EXIF asks for one of the eight orientations.</summary>
    public static byte[] OrientedJpeg(int width, int height, byte orientation)
    {
        // TIFF, big-endian: one directory with the one entry 0x0112, a short.
        byte[] exif =
        [
            .. "Exif\0\0"u8, .. "MM"u8, 0, 42, 0, 0, 0, 8, 0, 1,
            0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0,
        ];
        var jpeg = Jpeg(width, height);
        return [jpeg[0], jpeg[1], 0xFF, 0xE1, 0, (byte)(exif.Length + 2), .. exif, .. jpeg.AsSpan(2)];
    }

    public static byte[] Noise(int length, byte[] start)
    {
        var bytes = new byte[length];
        new Random(7).NextBytes(bytes);
        start.CopyTo(bytes, 0);
        return bytes;
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        var chunk = new byte[12 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        Encoding.ASCII.GetBytes(type, chunk.AsSpan(4));
        data.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), Crc32.HashToUInt32(chunk.AsSpan(4, 4 + data.Length)));
        return chunk;
    }
}
