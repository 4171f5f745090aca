using System.Net;
using Dapper;
using Ivg.GeminiEmulator;
using Ivg.Tests.Generation;

namespace Ivg.Tests.Application;

/// <summary>Questions about jobs that make no sense, and hands on jobs of others: named precisely, and without a trace in the tables.</summary>
public sealed class BadJobRequestTests
{
    private const string Nobodys = "0198c5a0-0000-7000-8000-000000000000";

    [Theory]
    [InlineData("/api/jobs?status=done", "status")]
    [InlineData("/api/jobs?status=", "status")]
    [InlineData("/api/jobs?status=Queued", "status")]
    [InlineData("/api/jobs?status=queued&status=running", "status")]
    [InlineData("/api/jobs?status=0", "status")]
    [InlineData("/api/jobs?kind=cutout", "kind")]
    [InlineData("/api/jobs?kind=BackgroundRemoval", "kind")]
    [InlineData("/api/jobs?limit=10000", "limit")]
    [InlineData("/api/jobs?limit=0", "limit")]
    [InlineData("/api/jobs?limit=99999999999999999999", "limit")]
    [InlineData("/api/history?limit=10000", "limit")]
    [InlineData("/api/history?limit=0", "limit")]
    public async Task List_UnknownWordOrNumber_NamesTheField(string path, string field)
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        using var response = await user.Http.GetAsync(path);
        var problem = await IvgClient.ProblemAsync(response);

        Assert.Equal((HttpStatusCode.BadRequest, "invalid_request"), (response.StatusCode, (string?)problem["code"]));
        Assert.NotEmpty(problem["errors"]![field]!.AsArray());
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("GET", "/stream")]
    [InlineData("POST", "/cancel")]
    public async Task Job_UnknownOrSomebodyElses_IsTheSame404AndNothingChanges(string method, string action)
    {
        var app = await SharedApplication.GetAsync();
        using var owner = app.NewUser();
        using var other = app.NewUser();
        var id = $"theirs-{Guid.NewGuid():N}";
        app.Emulator.Script.Add(new ScriptStep { Behaviour = "ok", DelayMs = 4000, RequestId = id });
        using var submit = await owner.PostAsync("/api/variations", IvgClient.Form(TestPictures.Png(48, 48)), ("X-Request-Id", id));
        var theirs = submit.Headers.Location!.ToString()["/api/jobs/".Length..];
        await Until.TrueAsync(async () => (string?)(await owner.GetJsonAsync($"/api/jobs/{theirs}"))["stage"] == "generating", IvgClient.Patience, "the job to run");
        var before = await RowAsync(app, theirs);
        var answers = new List<string>();
        foreach (var job in new[] { theirs, Nobodys })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), $"/api/jobs/{job}{action}") { Headers = { { "Last-Event-ID", "1" } } };
            using var response = await other.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            var problem = await IvgClient.ProblemAsync(response);
            Assert.Equal((HttpStatusCode.NotFound, "job_not_found"), (response.StatusCode, (string?)problem["code"]));
            problem.Remove("request_id");
            answers.Add(problem.ToJsonString());
        }

        Assert.Equal(answers[0], answers[1]);
        Assert.Equal(before, await RowAsync(app, theirs));
        await Stored.AssertNothingAsync(app, other);
    }

    [Fact]
    public async Task Submit_IdempotencyKeyOfTwentyKilobytes_IsAProblemAndStoresNothing()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        using var response = await user.PostAsync("/api/variations", Stored.Json("""{"source_style_id":"ink-line"}"""), ("Idempotency-Key", new string('k', 20_000)));

        await IvgClient.AssertProblemAsync(response, 400, "invalid_request");
        await Stored.AssertNothingAsync(app, user);
    }

    [Fact]
    public async Task Submit_IdempotencyKeyOfAMegabyte_StoresNothing()
    {
        const string body = """{"source_style_id":"ink-line"}""";
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        // Too much for the server to read the request at all: it says 431 where the client still listens.
        var answer = await RawHttp.SendAsync(app.Address, $"POST /api/variations HTTP/1.1\r\nHost: x\r\nX-User-Id: {user.UserId}\r\n"
            + $"Idempotency-Key: {new string('k', 1 << 20)}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");

        Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 431 ", StringComparison.Ordinal), answer);
        await Stored.AssertNothingAsync(app, user);
    }

    private static async Task<(string, bool, long, int)> RowAsync(IvgApplication app, string job)
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        return await connection.QuerySingleAsync<(string, bool, long, int)>("""
            select status, cancel_requested, version, (select count(*)::int from job_events e where e.job_id = j.job_id) from jobs j where job_id = @job::uuid
            """, new { job });
    }
}
