using System.Collections.ObjectModel;
using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using Ivg.Core.Images;
using Ivg.Tests.Application;
using Ivg.Tests.Generation;

namespace Ivg.Tests.Images;

public sealed class PngCheckTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void IsWhole_EncodersOwn_Is(int bands) =>
        Assert.True(PngCheck.IsWhole(Pictures.Encode(TestPictures.Gradient(301, 77, bands: bands), ImageFormat.Png)));

    [Fact]
    public void IsWhole_OneBitPixelsAndAnOddWidth_Is() => Assert.True(PngCheck.IsWhole(BadPictures.BlackPng(333, 41)));

    [Fact]
    public void IsWhole_AnyByteChangedBehindTheSignature_IsNot()
    {
        var png = TestPictures.Png(64, 40);
        for (var at = 8; at < png.Length; at++)
        {
            var damaged = png.ToArray();
            damaged[at] ^= 0x10;
            Assert.False(PngCheck.IsWhole(damaged), $"byte {at} of {png.Length}");
        }
    }

    [Fact]
    public void IsWhole_CutAnywhere_IsNot()
    {
        var png = TestPictures.Png(64, 40);
        for (var length = 0; length < png.Length; length++) Assert.False(PngCheck.IsWhole(png[..length]), $"cut at {length} of {png.Length}");
    }

    [Theory]
    [InlineData(19, false)]
    [InlineData(21, false)]
    [InlineData(20, true)]
    public void IsWhole_ChecksumsRightButScanlinesWrong_IsNot(int rows, bool badFilter)
    {
        Assert.True(PngCheck.IsWhole(Made(20, badFilter: false)));
        Assert.False(PngCheck.IsWhole(Made(rows, badFilter)));
    }

    [Fact]
    public void Verify_TooFewScanlinesUnderRightChecksums_Is422()
    {
        var rejected = Assert.Throws<ImageRejectedException>(() => Pictures.Verify(Made(12, badFilter: false)));
        Assert.Equal((422, "undecodable_image"), (rejected.Status, rejected.Code));
    }

    [Fact]
    public void Remove_Notes_LeavesThePixels()
    {
        var noted = PngText.Replace(TestPictures.Png(50, 30), new Dictionary<string, string> { ["Comment"] = "grüß dich" });
        Assert.Equal(TestPictures.Png(50, 30), PngText.Replace(noted, ReadOnlyDictionary<string, string>.Empty));
        Assert.Equal(TestPictures.Png(50, 30), PngText.Replace([.. noted, 1, 2, 3], ReadOnlyDictionary<string, string>.Empty));
    }

    /// <summary>A grey PNG of 30 x 20 by its header, with so many rows in it.</summary>
    private static byte[] Made(int rows, bool badFilter)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var row = new byte[31];
            if (badFilter) row[0] = 7;
            for (var y = 0; y < rows; y++) zlib.Write(row);
        }
        byte[] header = [0, 0, 0, 30, 0, 0, 0, 20, 8, 0, 0, 0, 0];
        return [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. Chunk("IHDR", header), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] typed = [.. Encoding.ASCII.GetBytes(type), .. data];
        var (size, sum) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(size, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(sum, Crc32.HashToUInt32(typed));
        return [.. size, .. typed, .. sum];
    }
}
