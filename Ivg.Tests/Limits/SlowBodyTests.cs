using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Ivg.Tests.Application;
using Ivg.Tests.Generation;

namespace Ivg.Tests.Limits;

/// <summary>Bodies that come too slowly or stop: docs/limits.md gives them ten seconds for ten KiB.</summary>
public sealed class SlowBodyTests
{
    private const string Boundary = "--x\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.png\"\r\n\r\n";

    // Ten seconds, and room for a machine that is busy with other tests.
    private static readonly TimeSpan Documented = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);

    [Theory]
    [InlineData("/api/variations", "multipart/form-data; boundary=x", 0)]
    [InlineData("/api/variations", "multipart/form-data; boundary=x", 1 << 20)]
    [InlineData("/api/remove-background", "application/json", 100)]
    public async Task Body_ThatStops_Is408InTimeAndTheConnectionEnds(string path, string type, int sent)
    {
        var app = await SharedApplication.GetAsync();
        var body = type == "application/json" ? new string(' ', sent) : Boundary + new string('p', sent);
        var clock = Stopwatch.StartNew();
        using var connection = await RawHttp.OpenAsync(app.Address, Head(path, type) + body);
        AssertTooSlow(await RestAsync(connection));
        Assert.InRange(clock.Elapsed, Documented - TimeSpan.FromSeconds(1), Patience);
    }

    [Fact]
    public async Task Body_ThatTricklesAfterAGoodStart_Is408InTime()
    {
        var app = await SharedApplication.GetAsync();
        var clock = Stopwatch.StartNew();
        using var connection = await RawHttp.OpenAsync(app.Address, Head("/api/variations", "multipart/form-data; boundary=x") + Boundary + new string('p', 1 << 20));
        var answer = RestAsync(connection);
        try
        {
            while (!answer.IsCompleted && clock.Elapsed < Patience)
            {
                await connection.GetStream().WriteAsync("p"u8.ToArray());
                await Task.WhenAny(answer, Task.Delay(TimeSpan.FromMilliseconds(100)));
            }
        }
        catch (IOException)
        {
            // The server has hung up; what it said was read.
        }
        AssertTooSlow(await answer);
        Assert.InRange(clock.Elapsed, Documented - TimeSpan.FromSeconds(1), Patience);
    }

    [Fact]
    public async Task Form_ThatStops_IsAPageThatSaysSo()
    {
        var app = await SharedApplication.GetAsync();
        using var connection = await RawHttp.OpenAsync(app.Address, Head("/make", "multipart/form-data; boundary=x") + Boundary + new string('p', 1 << 20));
        var answer = await RestAsync(connection);
        Assert.StartsWith("HTTP/1.1 408 ", answer);
        Assert.Contains("data-code=\"invalid_request\"", answer);
    }

    [Fact]
    public async Task Memory_OfABodyThatStopped_IsFreeAfterIts408()
    {
        var app = await SharedApplication.GetAsync();
        var (api, address) = await ServiceProcess.StartApiAsync(app, "Development", ("UPLOAD_MEMORY_BYTES", "1000000"));
        await using var _ = api;
        using var user = new IvgClient(address, $"slow-{Guid.NewGuid():N}");
        // Once before, for a process's first request may take longer than the slow body is given.
        Assert.Equal(HttpStatusCode.Accepted, (await SubmitAsync(user)).StatusCode);
        using var connection = await RawHttp.OpenAsync(address, Head("/api/variations", "multipart/form-data; boundary=x", "Expect: 100-continue\r\n"));
        // Only who reads the body asks for it, so the memory is taken now.
        var goOn = new byte["HTTP/1.1 100 Continue\r\n\r\n".Length];
        await connection.GetStream().ReadExactlyAsync(goOn);
        Assert.StartsWith("HTTP/1.1 100 ", Encoding.UTF8.GetString(goOn));
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(Boundary + new string('p', 1 << 20)));
        var answer = RestAsync(connection);
        await IvgClient.AssertProblemAsync(await SubmitAsync(user), 503, "unavailable");

        AssertTooSlow(await answer);
        Assert.Equal(HttpStatusCode.Accepted, (await SubmitAsync(user)).StatusCode);
    }

    private static Task<HttpResponseMessage> SubmitAsync(IvgClient user) => user.PostAsync("/api/variations", IvgClient.Form(TestPictures.Png(64, 64)));

    private static string Head(string path, string type, string more = "") =>
        $"POST {path} HTTP/1.1\r\nHost: x\r\nX-User-Id: slow-{Guid.NewGuid():N}\r\nContent-Type: {type}\r\nContent-Length: 10000000\r\n{more}\r\n";

    private static async Task<string> RestAsync(TcpClient connection)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        using var answer = new MemoryStream();
        try
        {
            await connection.GetStream().CopyToAsync(answer, limit.Token);
        }
        catch (IOException)
        {
            // Hung up on in the middle of what it sends.
        }
        return Encoding.UTF8.GetString(answer.ToArray());
    }

    private static void AssertTooSlow(string answer)
    {
        Assert.StartsWith("HTTP/1.1 408 ", answer);
        Assert.Contains("Content-Type: application/problem+json", answer);
        var problem = JsonNode.Parse(answer[answer.IndexOf('{', StringComparison.Ordinal)..(answer.LastIndexOf('}') + 1)])!;
        Assert.Equal((408, "invalid_request"), ((int)problem["status"]!, (string)problem["code"]!));
        Assert.Contains("slow", (string)problem["detail"]!);
    }
}
