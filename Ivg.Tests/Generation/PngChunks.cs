using System.Buffers.Binary;
using System.Text;

namespace Ivg.Tests.Generation;

/// <summary>Reads a PNG's chunks as a viewer would.</summary>
internal static class PngChunks
{
    /// <summary>Type and content of each chunk, in order; the checksums hold.</summary>
    public static List<(string Type, byte[] Content)> Of(byte[] png)
    {
        var chunks = new List<(string, byte[])>();
        var at = 8;
        while (at < png.Length)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            Assert.Equal(Crc(png.AsSpan(at + 4, length + 4)), BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at + 8 + length)));
            chunks.Add((Encoding.ASCII.GetString(png, at + 4, 4), png[(at + 8)..(at + 8 + length)]));
            at += length + 12;
        }

        Assert.Equal(png.Length, at);
        return chunks;
    }

    /// <summary>The texts of its tEXt and iTXt chunks, by keyword.</summary>
    public static Dictionary<string, string> Texts(byte[] png) => Of(png).Where(chunk => chunk.Type is "tEXt" or "iTXt")
        .Select(chunk => Encoding.UTF8.GetString(chunk.Content).Split('\0')).ToDictionary(parts => parts[0], parts => parts[^1]);

    /// <summary>The PNG with one more chunk behind its header.</summary>
    public static byte[] With(byte[] png, string type, byte[] content)
    {
        var typed = Encoding.ASCII.GetBytes(type).Concat(content).ToArray();
        var (length, crc) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        BinaryPrimitives.WriteUInt32BigEndian(crc, Crc(typed));
        return [.. png[..33], .. length, .. typed, .. crc, .. png[33..]];
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
        }

        return ~crc;
    }
}
