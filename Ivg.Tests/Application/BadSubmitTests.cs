using System.Net;
using System.Text;
using Ivg.Tests.Generation;

namespace Ivg.Tests.Application;

/// <summary>Submits that say too little, too much or nothing sensible.</summary>
public sealed class BadSubmitTests
{
    private static readonly byte[] Picture = TestPictures.Png(64, 64);

    [Theory]
    [InlineData("/api/variations", "style_id", "no-such-style", 404, "style_not_found")]
    [InlineData("/api/variations", "style_id", "../../etc/passwd", 404, "style_not_found")]
    [InlineData("/api/variations", "source_style_id", "no-such-style", 404, "style_not_found")]
    [InlineData("/api/variations", "source_style_id", "ink-line", 400, "source_ambiguous")]
    [InlineData("/api/variations", "image_id", "0198c5a0-0000-7000-8000-000000000000", 400, "source_ambiguous")]
    [InlineData("/api/remove-background", "image_id", "0198c5a0-0000-7000-8000-000000000000", 400, "source_ambiguous")]
    [InlineData("/api/variations", "image_id", "17", 400, "invalid_request")]
    [InlineData("/api/variations", "count", "0", 400, "invalid_request")]
    [InlineData("/api/variations", "count", "5", 400, "invalid_request")]
    [InlineData("/api/variations", "count", "two", 400, "invalid_request")]
    [InlineData("/api/variations", "count", "1.5", 400, "invalid_request")]
    [InlineData("/api/variations", "aspect_ratio", "7:3", 400, "invalid_request")]
    [InlineData("/api/variations", "fast", "maybe", 400, "invalid_request")]
    [InlineData("/api/variations", "seed", "99999999999999", 400, "invalid_request")]
    [InlineData("/api/variations", "prompt", "a wish\0and more", 400, "invalid_request")]
    [InlineData("/api/remove-background", "background", "red", 400, "invalid_request")]
    [InlineData("/api/remove-background", "background", "#12345", 400, "invalid_request")]
    [InlineData("/api/remove-background", "background", "#12345g", 400, "invalid_request")]
    [InlineData("/api/remove-background", "format", "jpeg", 400, "invalid_request")]
    [InlineData("/api/remove-background", "edges", "sharp", 400, "invalid_request")]
    [InlineData("/api/remove-background", "output", "both", 400, "invalid_request")]
    [InlineData("/api/remove-background", "crop", "a bit", 400, "invalid_request")]
    [InlineData("/api/remove-background", "model", "no-such-model", 400, "unknown_model")]
    public async Task Submit_BadField_IsRefusedAndNothingIsStored(string path, string field, string value, int status, string code)
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        using var response = await user.PostAsync(path, IvgClient.Form(Picture, (field, value)));
        var problem = await IvgClient.ProblemAsync(response);

        Assert.Equal((status, code), ((int)response.StatusCode, (string?)problem["code"]));
        if (code == "invalid_request") Assert.NotEmpty(problem["errors"]![field]!.AsArray());
        if (code == "unknown_model") Assert.Contains("isnet-fp16", (string?)problem["detail"]);
        Assert.DoesNotContain("   at ", problem.ToJsonString());
        await Stored.AssertNothingAsync(app, user);
    }

    [Fact]
    public async Task Submit_PromptOf2001Characters_IsRefusedAnd2000AreTaken()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        using var tooLong = await user.PostAsync("/api/variations", IvgClient.Form(Picture, ("prompt", new string('é', 2001))));
        await IvgClient.AssertProblemAsync(tooLong, 400, "invalid_request");
        await Stored.AssertNothingAsync(app, user);

        await user.SubmitAsync("/api/variations", Picture, ("prompt", new string('é', 2000)));
    }

    [Theory]
    [InlineData("/api/variations")]
    [InlineData("/api/remove-background")]
    public async Task Submit_NoPicture_IsSourceRequired(string path)
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        foreach (var content in new HttpContent[] { IvgClient.Form(null, ("prompt", "a wish")), Stored.Json("{}"), Stored.Json("""{"image_id":null}""") })
        {
            using var response = await user.PostAsync(path, content);
            await IvgClient.AssertProblemAsync(response, 400, "source_required");
        }
        await Stored.AssertNothingAsync(app, user);
    }

    [Fact]
    public async Task Submit_AnothersImage_IsNotFoundAsOneThatNeverWas()
    {
        var app = await SharedApplication.GetAsync();
        using var owner = app.NewUser();
        using var user = app.NewUser();
        await owner.FinishAsync(await owner.SubmitAsync("/api/variations", Picture));
        var theirs = (string)(await owner.GetJsonAsync("/api/history"))["items"]![0]!["source"]!["image_id"]!;
        foreach (var imageId in new[] { theirs, Guid.CreateVersion7().ToString() })
        {
            using var response = await user.PostAsync("/api/variations", Stored.Json($$"""{"image_id":"{{imageId}}"}"""));
            await IvgClient.AssertProblemAsync(response, 404, "image_not_found");
        }
        await Stored.AssertNothingAsync(app, user);
    }

    [Theory]
    [InlineData("application/json", "this is no JSON")]
    [InlineData("application/json", "")]
    [InlineData("application/json", "[1,2,3]")]
    [InlineData("application/json", "\"text\"")]
    [InlineData("application/json", """{"image_id":""")]
    [InlineData("application/json", """{"image_id":{"a":{"b":1}}}""")]
    [InlineData("application/json", """{"prompt":["a"]}""")]
    [InlineData("application/json", """{"prompt":"\ud800"}""")]
    [InlineData("application/json", """{"prompt":"a","prompt":"b"}""")]
    [InlineData("application/json", """{"a":[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]}""")]
    [InlineData("application/json", """{"image_id":42}""")]
    [InlineData("multipart/form-data", "--x\r\n\r\n--x--")]
    [InlineData("multipart/form-data; boundary=", "--x\r\n\r\n--x--")]
    [InlineData("multipart/form-data; boundary=x", "")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.png\"\r\n\r\nabc")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data\r\n\r\nabc\r\n--x--\r\n")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nno header at all\r\n\r\nabc\r\n--x--\r\n")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"prompt\"\r\n\r\n\u00ff\r\n--x--\r\n")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"image\"\r\n\r\nabc\r\n--x--\r\n")]
    [InlineData("text/plain", "image")]
    [InlineData("application/x-www-form-urlencoded", "image_id=1")]
    [InlineData("nonsense", "image")]
    public async Task Submit_UnreadableBody_IsInvalidRequest(string contentType, string body)
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        using var content = new ByteArrayContent(Encoding.Latin1.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        using var response = await user.PostAsync("/api/variations", content);

        await IvgClient.AssertProblemAsync(response, 400, "invalid_request");
        await Stored.AssertNothingAsync(app, user);
    }

    [Fact]
    public async Task Submit_NoBodyAtAll_IsInvalidRequest()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        using var response = await user.PostAsync("/api/variations", null);
        await IvgClient.AssertProblemAsync(response, 400, "invalid_request");
    }

    [Fact]
    public async Task Submit_ClientLeavesInTheMiddle_StoresNothingAndTheServiceGoesOn()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        var userId = user.UserId;
        await RawHttp.SendAsync(app.Address, $"POST /api/variations HTTP/1.1\r\nHost: x\r\nX-User-Id: {userId}\r\nContent-Type: multipart/form-data; boundary=x\r\n"
            + "Content-Length: 100000\r\n\r\n--x\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.png\"\r\n\r\nabc", endSending: true);

        Assert.Equal(HttpStatusCode.OK, (await user.Http.GetAsync("/api/health")).StatusCode);
        await Stored.AssertNothingAsync(app, user);
    }

    [Theory]
    [InlineData(129)]
    [InlineData(0)]
    public async Task Submit_IdempotencyKeyOfTheWrongLength_Is400(int length)
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        using var response = await user.PostAsync("/api/variations", IvgClient.Form(Picture), ("Idempotency-Key", new string('k', length)));
        await IvgClient.AssertProblemAsync(response, 400, "invalid_request");
        await Stored.AssertNothingAsync(app, user);
    }

    [Theory]
    [InlineData("caf\u00e9")]
    [InlineData("a\u0001b")]
    public async Task Submit_IdempotencyKeyThatDoesNotPrint_Is400(string key)
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        var answer = await RawHttp.SendAsync(app.Address, $"POST /api/variations HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-User-Id: {user.UserId}\r\n"
            + $"Idempotency-Key: {key}\r\nContent-Type: application/json\r\nContent-Length: 31\r\n\r\n{{\"source_style_id\":\"ink-line\"  }}");

        Assert.StartsWith("HTTP/1.1 400 ", answer);
        await Stored.AssertNothingAsync(app, user);
    }
}
