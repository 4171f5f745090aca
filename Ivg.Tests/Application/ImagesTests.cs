using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Ivg.Core.Images;
using Ivg.Tests.Generation;

namespace Ivg.Tests.Application;

/// <summary>Image bytes over HTTP: validators, ranges, renderings.</summary>
public sealed class ImagesTests
{
    [Fact]
    public async Task Image_UnderTheWrongCondition_Is412AndOutOfRange416AsDescribed()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        foreach (var url in new[] { "/api/styles/ink-line/reference", (string)(await user.FinishAsync(await user.SubmitAsync("/api/variations", TestPictures.Png(64, 64))))["result"]!["url"]! })
        {
            using var other = await GetAsync(user, url, ("If-Match", "\"other\""));
            await IvgClient.AssertProblemAsync(other, 412, "invalid_request");
            Assert.True(other.Headers.CacheControl is { NoStore: true });
            using var outside = await GetAsync(user, url, ("Range", "bytes=99999999-"));
            await IvgClient.AssertProblemAsync(outside, 416, "invalid_request");
        }
    }

    [Fact]
    public async Task Image_Whole_ComesWithTheContractsHeaders()
    {
        var (user, url) = await UploadedAsync();
        using var _ = user;
        using var response = await user.Http.GetAsync(url);
        var bytes = await response.Content.ReadAsByteArrayAsync();

        Assert.Equal(TestPictures.Png(300, 200), bytes);
        Assert.Equal($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))}\"", response.Headers.ETag!.Tag);
        Assert.False(response.Headers.ETag.IsWeak);
        var cache = response.Headers.CacheControl!;
        Assert.Equal((true, TimeSpan.FromDays(365)), (cache.Private, cache.MaxAge));
        Assert.Contains("immutable", cache.ToString());
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("image/png", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("bytes", response.Headers.AcceptRanges.Single());
        Assert.Null(response.Content.Headers.ContentDisposition);
    }

    [Fact]
    public async Task Image_Known_Is304WithoutABody()
    {
        var (user, url) = await UploadedAsync();
        using var _ = user;
        var tag = (await user.Http.GetAsync(url)).Headers.ETag!.Tag;
        foreach (var known in new[] { tag, $"\"other\", {tag}", $"W/{tag}", "*" })
        {
            using var response = await GetAsync(user, url, ("If-None-Match", known));
            Assert.Equal(HttpStatusCode.NotModified, response.StatusCode);
            Assert.Equal(tag, response.Headers.ETag!.Tag);
            Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        }
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(user, url, ("If-None-Match", "\"other\""))).StatusCode);
    }

    [Fact]
    public async Task Image_Ranges_AreServed()
    {
        var (user, url) = await UploadedAsync();
        using var _ = user;
        var whole = await user.Http.GetByteArrayAsync(url);
        using var middle = await GetAsync(user, url, ("Range", "bytes=10-19"));
        using var end = await GetAsync(user, url, ("Range", "bytes=-5"));
        using var rest = await GetAsync(user, url, ("Range", $"bytes={whole.Length - 3}-"));
        using var beyond = await GetAsync(user, url, ("Range", $"bytes={whole.Length}-"));
        using var stale = await GetAsync(user, url, ("Range", "bytes=0-9"), ("If-Range", "\"other\""));

        Assert.Equal(HttpStatusCode.PartialContent, middle.StatusCode);
        Assert.Equal(whole[10..20], await middle.Content.ReadAsByteArrayAsync());
        Assert.Equal(new ContentRangeHeaderValue(10, 19, whole.Length), middle.Content.Headers.ContentRange);
        Assert.Equal(whole[^5..], await end.Content.ReadAsByteArrayAsync());
        Assert.Equal(whole[^3..], await rest.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, beyond.StatusCode);
        Assert.Equal(new ContentRangeHeaderValue(whole.Length), beyond.Content.Headers.ContentRange);
        Assert.Equal((HttpStatusCode.OK, whole.Length), (stale.StatusCode, (await stale.Content.ReadAsByteArrayAsync()).Length));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?width=100")]
    public async Task Image_Head_SaysWhatGetWouldWithoutTheBytes(string query)
    {
        var (user, url) = await UploadedAsync();
        using var _ = user;
        using var get = await user.Http.GetAsync(url + query);
        using var head = await user.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, url + query));

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(get.Headers.ETag, head.Headers.ETag);
        Assert.Equal(get.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData(64, 64, 43)]
    [InlineData(150, 150, 100)]
    [InlineData(300, 300, 200)]
    [InlineData(2048, 300, 200)]
    public async Task Image_Width_IsASmallerRenderingNeverALarger(int asked, int width, int height)
    {
        var (user, url) = await UploadedAsync();
        using var _ = user;
        var whole = await user.Http.GetAsync(url);
        using var response = await user.Http.GetAsync($"{url}?width={asked}");
        var info = Pictures.Identify(await response.Content.ReadAsByteArrayAsync());

        Assert.Equal((ImageFormat.Png, width, height), (info.Format, info.Width, info.Height));
        Assert.Equal(asked >= 300, whole.Headers.ETag!.Equals(response.Headers.ETag));
    }

    [Fact]
    public async Task Image_WidthWithWebpAccepted_IsWebpWithATagOfItsOwn()
    {
        var (user, url) = await UploadedAsync();
        using var _ = user;
        using var png = await user.Http.GetAsync(url + "?width=100");
        using var webp = await GetAsync(user, url + "?width=100", ("Accept", "image/avif,image/webp,*/*;q=0.8"));

        Assert.Equal(("image/png", "image/webp"), (png.Content.Headers.ContentType!.MediaType, webp.Content.Headers.ContentType!.MediaType));
        Assert.Equal(ImageFormat.Webp, Pictures.Identify(await webp.Content.ReadAsByteArrayAsync()).Format);
        Assert.NotEqual(png.Headers.ETag, webp.Headers.ETag);
        Assert.Contains("Accept", webp.Headers.Vary);
        using var known = await GetAsync(user, url + "?width=100", ("Accept", "image/webp"), ("If-None-Match", webp.Headers.ETag!.Tag));
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
    }

    [Theory]
    [InlineData("63")]
    [InlineData("2049")]
    [InlineData("0")]
    [InlineData("-100")]
    [InlineData("wide")]
    [InlineData("")]
    [InlineData("1e2")]
    public async Task Image_BadWidth_Is400(string width)
    {
        var (user, url) = await UploadedAsync();
        using var _ = user;
        using var response = await user.Http.GetAsync($"{url}?width={width}");
        await IvgClient.AssertProblemAsync(response, 400, "invalid_request");
        Assert.True(response.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task Image_OrientedJpeg_IsRenderedUpright()
    {
        var (user, url) = await UploadedAsync(BadPictures.OrientedJpeg(300, 200, 6));
        using var _ = user;
        var info = Pictures.Identify(await user.Http.GetByteArrayAsync(url + "?width=100"));
        Assert.Equal((100, 150, 1), (info.Width, info.Height, info.Orientation));
    }

    [Fact]
    public async Task Image_Download_IsAnAttachmentWithItsExtension()
    {
        var (user, url) = await UploadedAsync();
        using var _ = user;
        using var response = await user.Http.GetAsync(url + "?download=1");
        var disposition = response.Content.Headers.ContentDisposition!;
        Assert.Equal("attachment", disposition.DispositionType);
        Assert.EndsWith(".png", disposition.FileName!.Trim('"'));
    }

    [Fact]
    public async Task Styles_ListAndReference_AreTaggedAndKnownAgain()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        foreach (var path in new[] { "/api/styles", "/api/styles/ink-line/reference", "/api/styles/ink-line/reference?width=128" })
        {
            using var first = await user.Http.GetAsync(path);
            using var again = await GetAsync(user, path, ("If-None-Match", first.Headers.ETag!.Tag));
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotModified), (first.StatusCode, again.StatusCode));
        }
        Assert.Equal(8, (await user.GetJsonAsync("/api/styles"))["items"]!.AsArray().Count);
        Assert.Equal(128, Pictures.Identify(await user.Http.GetByteArrayAsync("/api/styles/ink-line/reference?width=128")).Width);
    }

    private static async Task<(IvgClient User, string Url)> UploadedAsync(byte[]? picture = null)
    {
        var app = await SharedApplication.GetAsync();
        var user = app.NewUser();
        await user.FinishAsync(await user.SubmitAsync("/api/variations", picture ?? TestPictures.Png(300, 200)));
        return (user, (string)(await user.GetJsonAsync("/api/history"))["items"]![0]!["source"]!["url"]!);
    }

    private static Task<HttpResponseMessage> GetAsync(IvgClient user, string url, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return user.Http.SendAsync(request);
    }
}
