using System.Net;
using Dapper;
using Ivg.Tests.Application;
using Ivg.Tests.Generation;

namespace Ivg.Tests.Contract;

/// <summary>Every endpoint of the document, called by everybody who must not get at somebody else's things.</summary>
[Collection("guarded")]
public sealed class SecurityMatrixTests(GuardedApplication guarded)
{
    private static readonly byte[] Picture = TestPictures.Png(64, 64);

    [Fact]
    public async Task Endpoint_WithAUserAndNoOrAWrongKey_Is401()
    {
        using var anonymous = guarded.App.NewUser();
        using var impostor = guarded.App.NewUser();
        impostor.Http.DefaultRequestHeaders.Authorization = new("Bearer", GuardedApplication.PlatformKey + "x");
        foreach (var (method, path, operation) in ApiDocument.Operations)
        {
            foreach (var (client, code) in new[] { (anonymous, "platform_key_required"), (impostor, "invalid_platform_key") })
            {
                using var response = await CallAsync(client, method, Fill(path, Guid.NewGuid().ToString(), "ink-line"));
                if (ApiDocument.IsPublic(operation)) Assert.Equal(HttpStatusCode.OK, response.StatusCode);
                else await AssertRefusedAsync(response, method, path, 401, code);
            }
        }
    }

    [Fact]
    public async Task Endpoint_OfSomebodyElsesThing_Is404ForAnotherUserAnotherTenantAndABrowser()
    {
        using var owner = guarded.NewUser();
        var job = await owner.FinishAsync(await owner.SubmitAsync("/api/variations", Picture));
        var history = (await owner.GetJsonAsync("/api/history"))["items"]![0]!;
        using var user = guarded.NewUser();
        using var tenant = new IvgClient(guarded.App.Address, owner.SessionId.Split(':')[1]);
        tenant.Http.DefaultRequestHeaders.Authorization = new("Bearer", GuardedApplication.PlatformKey);
        tenant.Http.DefaultRequestHeaders.Add("X-Tenant-Id", "another");
        using var browser = new IvgClient(guarded.App.Address, null);
        var owned = ApiDocument.Operations.Where(one => Ids(one.Path).Any()).ToList();
        Assert.NotEmpty(owned);
        foreach (var (method, path, _) in owned)
        {
            var address = path.Replace("{job_id}", (string)job["job_id"]!, StringComparison.Ordinal).Replace("{image_id}", (string)job["result"]!["image_id"]!, StringComparison.Ordinal)
                .Replace("{history_id}", (string)history["history_id"]!, StringComparison.Ordinal);
            foreach (var client in new[] { user, tenant, browser })
            {
                using var response = await CallAsync(client, method, address);
                using var missing = await CallAsync(client, method, Fill(path, Guid.CreateVersion7().ToString(), ""));
                Assert.True(response.StatusCode == HttpStatusCode.NotFound, $"{method} {path}: {response.StatusCode}");
                // Exactly as what does not exist.
                Assert.Equal(await TellAsync(missing), await TellAsync(response));
            }
        }
        // Nothing was changed by anybody.
        Assert.Equal(HttpStatusCode.OK, (await owner.Http.GetAsync((string)job["result"]!["url"]!)).StatusCode);
        Assert.Single((await owner.GetJsonAsync("/api/history"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Lists_OfAnotherUserTenantOrBrowser_AreEmpty()
    {
        using var owner = guarded.NewUser();
        await owner.FinishAsync(await owner.SubmitAsync("/api/variations", Picture));
        using var user = guarded.NewUser();
        using var browser = new IvgClient(guarded.App.Address, null);
        foreach (var path in new[] { "/api/jobs", "/api/history" })
        {
            foreach (var client in new[] { user, browser }) Assert.Empty((await client.GetJsonAsync(path))["items"]!.AsArray());
        }
    }

    [Fact]
    public async Task Queues_AreTheOperatorsAlone()
    {
        using var browser = new IvgClient(guarded.App.Address, null);
        foreach (var (method, path, _) in ApiDocument.Operations.Where(one => one.Path.StartsWith("/api/queues", StringComparison.Ordinal)))
        {
            using var response = await CallAsync(browser, method, path.Replace("{queue}", "ivg_bg", StringComparison.Ordinal));
            await AssertRefusedAsync(response, method, path, 401, "platform_key_required");
        }
    }

    [Fact]
    public async Task Changes_OfAPageFromElsewhere_Are403()
    {
        using var browser = new IvgClient(guarded.App.Address, null);
        browser.Http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");
        foreach (var (method, path, _) in ApiDocument.Operations.Where(one => one.Method is not ("GET" or "HEAD")))
        {
            using var response = await CallAsync(browser, method, Fill(path, Guid.NewGuid().ToString(), ""));
            await AssertRefusedAsync(response, method, path, 403, "cross_site");
        }
    }

    [Fact]
    public async Task Answers_OfEveryEndpoint_HaveTheHeadersAndStatusesOfTheDocument()
    {
        using var user = guarded.NewUser();
        foreach (var (method, path, operation) in ApiDocument.Operations.Where(one => !one.Path.EndsWith("/pause", StringComparison.Ordinal) && one.Path != "/api/jobs/stream"))
        {
            using var response = await CallAsync(user, method, Fill(path, Guid.NewGuid().ToString(), "ink-line").Replace("{queue}", "ivg_bg", StringComparison.Ordinal));
            var described = operation["responses"]![((int)response.StatusCode).ToString(provider: null)];
            Assert.True(described is not null, $"{method} {path}: {response.StatusCode} is not in the document");
            if (described["headers"]!["Cache-Control"] is not null) Assert.True(response.Headers.CacheControl is { Private: true } or { NoStore: true } or { Public: true }, $"{method} {path} says not who may keep it");
            Assert.StartsWith("default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single());
            Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
            Assert.False(response.Headers.Contains("Server"));
        }
    }

    [Fact]
    public async Task Answers_OfASession_AreKeptByNobody()
    {
        using var user = guarded.NewUser();
        using var submitted = await user.PostAsync("/api/variations", IvgClient.Form(Picture));
        var job = submitted.Headers.Location!.ToString();
        using var cancelled = await user.PostAsync($"{job}/cancel", null);
        var answers = new List<HttpResponseMessage> { submitted, cancelled };
        foreach (var path in new[] { job, "/api/jobs", "/api/history", "/api/queues" }) answers.Add(await user.Http.GetAsync(path));
        answers.Add(await user.Http.DeleteAsync("/api/history"));
        foreach (var answer in answers)
        {
            // The job may have ended before it was cancelled.
            if (answer.IsSuccessStatusCode) Assert.Equal("no-store, private", answer.Headers.CacheControl!.ToString());
            else Assert.True(answer.Headers.CacheControl is { NoStore: true });
            answer.Dispose();
        }
    }

    [Fact]
    public async Task Pages_AndTheirFiles_AllowNothingInlineAndNothingFromElsewhere()
    {
        using var browser = new IvgClient(guarded.App.Address, null);
        foreach (var path in new[] { "/", "/history", "/jobs/none", "/js/app.js" })
        {
            using var response = await browser.Http.GetAsync(path);
            Assert.Equal(
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
                response.Headers.GetValues("Content-Security-Policy").Single());
        }
    }

    [Fact]
    public async Task Secrets_AreInNoOutputAndNoRow()
    {
        using var user = guarded.NewUser();
        var job = await user.FinishAsync(await user.SubmitAsync("/api/variations", Picture, ("prompt", "planted-prompt-4711")));
        using var wrong = new IvgClient(guarded.App.Address, "x");
        wrong.Http.DefaultRequestHeaders.Authorization = new("Bearer", "planted-wrong-key-4711");
        using var refused = await wrong.Http.GetAsync("/api/history");
        string[] secrets = [GuardedApplication.PlatformKey, GuardedApplication.WebhookSecret, new string('s', 32), "test-key", "planted-wrong-key-4711"];
        var texts = new List<string> { await refused.Content.ReadAsStringAsync(), job.ToJsonString() };
        foreach (var resource in new[] { "api", "generate-worker", "bg-worker", "migrator" }) texts.Add(guarded.App.ConsoleOf(resource));
        foreach (var resource in new[] { "api", "generate-worker", "bg-worker" })
            texts.Add(await File.ReadAllTextAsync($"/proc/{guarded.App.ProcessIds(resource)[0]}/cmdline"));
        await using var connection = await guarded.App.Database.OpenConnectionAsync();
        texts.Add(await connection.ExecuteScalarAsync<string>("select string_agg(j::text, ' ') from jobs j where session_id = @SessionId", new { user.SessionId }) ?? "");
        foreach (var secret in secrets) Assert.DoesNotContain(texts, text => text.Contains(secret, StringComparison.Ordinal));
        // What was asked for is the caller's affair: in its own row, and in no log.
        Assert.DoesNotContain(texts.Skip(2).Take(4), text => text.Contains("planted-prompt-4711", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Ids(string path) => new[] { "{job_id}", "{image_id}", "{history_id}" }.Where(hole => path.Contains(hole, StringComparison.Ordinal));

    private static string Fill(string path, string id, string style) =>
        Ids(path).Aggregate(path, (at, hole) => at.Replace(hole, id, StringComparison.Ordinal)).Replace("{style_id}", style, StringComparison.Ordinal);

    private static Task<HttpResponseMessage> CallAsync(IvgClient client, string method, string path) =>
        client.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), HttpCompletionOption.ResponseHeadersRead);

    private static async Task AssertRefusedAsync(HttpResponseMessage response, string method, string path, int status, string code)
    {
        Assert.True((int)response.StatusCode == status, $"{method} {path}: {response.StatusCode}");
        if (method != "HEAD") Assert.Equal(code, (string?)(await IvgClient.ProblemAsync(response))["code"]);
    }

    private static async Task<string> TellAsync(HttpResponseMessage response)
    {
        if (response.RequestMessage!.Method == HttpMethod.Head) return "";
        var problem = await IvgClient.ProblemAsync(response);
        problem.Remove("request_id");
        return problem.ToJsonString();
    }
}
