using System.Diagnostics;
using Ivg.Core.Images;
using Ivg.Tests.Generation;

namespace Ivg.Tests.Application;

/// <summary>Pictures that are none, or too much: refused with the right code before anything is stored.</summary>
public sealed class BadPictureTests
{
    private static readonly string[] Paths = ["/api/variations", "/api/remove-background"];

    public static TheoryData<string, byte[], int, string> Refused()
    {
        var png = TestPictures.Png(300, 200);
        var data = new TheoryData<string, byte[], int, string>
        {
            { "text called .png", "This is no picture at all, whatever it is called."u8.ToArray(), 415, "unsupported_image" },
            { "empty", [], 415, "unsupported_image" },
            { "SVG", "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\" width=\"99\" height=\"99\"/>"u8.ToArray(), 415, "unsupported_image" },
            { "bare SVG", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"99\" height=\"99\"/>"u8.ToArray(), 415, "unsupported_image" },
            { "PDF", BadPictures.Noise(4000, "%PDF-1.7\n"u8.ToArray()), 415, "unsupported_image" },
            { "BMP", BadPictures.Noise(4000, "BM"u8.ToArray()), 415, "unsupported_image" },
            { "HEIC", BadPictures.Noise(4000, [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0, .. "mif1heic"u8]), 415, "unsupported_image" },
            { "an unknown ftyp", BadPictures.Noise(4000, [0, 0, 0, 16, .. "ftypisom"u8, 0, 0, 0, 0]), 415, "unsupported_image" },
            { "noise behind a PNG's signature", BadPictures.Noise(4000, png[..8]), 422, "undecodable_image" },
            { "noise behind a WebP's signature", BadPictures.Noise(4000, [.. "RIFF"u8, 0, 0, 1, 0, .. "WEBP"u8]), 422, "undecodable_image" },
            { "noise behind an AVIF's brand", BadPictures.Noise(4000, [0, 0, 0, 16, .. "ftypavif"u8, 0, 0, 0, 0]), 422, "undecodable_image" },
            { "10 x 10", TestPictures.Png(10, 10), 422, "image_too_small" },
            { "15 x 4000", TestPictures.Png(15, 4000), 422, "image_too_small" },
        };
        foreach (var length in new[] { 8, 20, 33, 60, png.Length / 2, png.Length - 30 })
            data.Add($"PNG cut at {length}", png[..length], 422, "undecodable_image");
        var jpeg = BadPictures.Jpeg(300, 200);
        foreach (var length in new[] { 4, 100, jpeg.Length / 2, jpeg.Length * 9 / 10 })
            data.Add($"JPEG cut at {length}", jpeg[..length], 422, "undecodable_image");
        return data;
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Submit_BadPicture_IsRefusedAndNothingIsStored(string what, byte[] picture, int status, string code)
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        foreach (var path in Paths)
        {
            using var response = await user.PostAsync(path, IvgClient.Form(picture));
            var problem = await IvgClient.ProblemAsync(response);
            Assert.True((status, code) == ((int)response.StatusCode, (string?)problem["code"]), $"{what} at {path}: {problem.ToJsonString()}");
            Assert.DoesNotContain("vips", problem.ToJsonString(), StringComparison.OrdinalIgnoreCase);
        }
        await Stored.AssertNothingAsync(app, user);
    }

    [Fact]
    public async Task Submit_900MegapixelsIn100Kilobytes_IsRefusedWithoutDecoding()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        var bomb = BadPictures.BlackPng(30_000, 30_000);
        Assert.InRange(bomb.Length, 50_000, 200_000);
        var clock = Stopwatch.StartNew();
        using var response = await user.PostAsync("/api/remove-background", IvgClient.Form(bomb));

        await IvgClient.AssertProblemAsync(response, 422, "too_many_pixels");
        // Decoding it takes seconds on its own; leave the rest for a busy machine.
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(2), $"{clock.Elapsed}");
        await Stored.AssertNothingAsync(app, user);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Submit_25Mebibytes_IsToldSoOnALivingConnection(bool withLength)
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        using var form = IvgClient.Form(BadPictures.Noise(25 * 1024 * 1024, TestPictures.Png(20, 20)));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/variations") { Content = form };
        request.Headers.TransferEncodingChunked = !withLength;
        using var response = await user.Http.SendAsync(request);

        await IvgClient.AssertProblemAsync(response, 413, "image_too_large");
        await Stored.AssertNothingAsync(app, user);
    }

    [Fact]
    public async Task Submit_JsonOf25Mebibytes_IsRefusedOnALivingConnection()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        using var response = await user.PostAsync("/api/variations", Stored.Json("{\"prompt\":\"" + new string('a', 25 * 1024 * 1024) + "\"}"));

        Assert.Contains((int)response.StatusCode, new[] { 400, 413 });
        await IvgClient.ProblemAsync(response);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task History_OrientedJpeg_HasTheUprightSize(byte orientation)
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        await user.FinishAsync(await user.SubmitAsync("/api/variations", BadPictures.OrientedJpeg(120, 80, orientation)));
        var source = Assert.Single((await user.GetJsonAsync("/api/history"))["items"]!.AsArray())!["source"]!;

        Assert.Equal(orientation >= 5 ? (80, 120) : (120, 80), ((int)source["width"]!, (int)source["height"]!));
    }

    [Theory]
    [InlineData(3, 120, 80)]
    [InlineData(6, 80, 120)]
    public async Task Cutout_OrientedJpeg_IsUpright(byte orientation, int width, int height)
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        var job = await user.FinishAsync(await user.SubmitAsync("/api/remove-background", BadPictures.OrientedJpeg(120, 80, orientation)));
        var cutout = Pictures.Identify(await user.ImageAsync(job));

        Assert.Equal((width, height, 1), (cutout.Width, cutout.Height, cutout.Orientation));
        Assert.Equal((width, height), ((int)job["result"]!["width"]!, (int)job["result"]!["height"]!));
    }
}
