using System.Text;
using System.Text.Json.Nodes;
using Ivg.Tests.Application;
using Ivg.Tests.Generation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ivg.Tests.Telemetry;

/// <summary>A planted key is looked for wherever anything of ours can be read, while the image service does its worst to give it away.</summary>
public sealed class KeySecrecyTests
{
    private const string Key = "AIzaPlantedKeyThatNobodyMaySee012345";

    [Fact]
    public async Task Key_IsNowhere_ThoughTheServiceEchoesItInEveryAnswer()
    {
        await using var google = await StartEchoAsync();
        await using var servers = await OwnServers.CreateAsync();
        await using var otlp = await OtlpReceiver.StartAsync();
        var settings = servers.Settings(("GEMINI_API_KEY", Key), ("GEMINI_BASE_URL", google.Urls.First()), ("IMAGE_PROVIDER", "nano_banana"),
            ("GEMINI_RETRIES", "1"), ("GEMINI_RETRY_DELAY", "0.01"), ("JOB_BACKOFF_SECONDS", "0.05"), ("Logging__LogLevel__Default", "Trace"));
        var (api, address) = await ServiceProcess.StartListeningAsync("Ivg.Api", [.. settings, .. otlp.Settings("api")]);
        await using var _ = api;
        var (worker, __) = await ServiceProcess.StartListeningAsync("Ivg.GenerateWorker", [.. settings, .. otlp.Settings("generate-worker")]);
        await using var ___ = worker;
        using var user = new IvgClient(address, $"anna-{Guid.NewGuid():N}");

        var seen = new List<string>();
        foreach (var (status, code) in new[] { (400, "provider_rejected"), (401, "provider_auth"), (503, "provider_unavailable"), (200, "no_image_returned") })
        {
            using var response = await user.PostAsync("/api/variations", IvgClient.Form(TestPictures.Png(64, 64), ("prompt", $"answer {status}")));
            var job = await user.FinishAsync(JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject());
            Assert.Equal(code, (string?)job["error"]?["code"]);
            seen.Add(job.ToJsonString());
            seen.Add(await user.Http.GetStringAsync($"/api/jobs/{job["job_id"]}/stream"));
        }
        foreach (var path in new[] { "/", "/api/jobs", "/api/history", "/api/queues", "/api/ready", "/openapi/v1.json", "/api/jobs/none", "/api/images/none" })
        {
            using var response = await user.Http.GetAsync(path);
            seen.Add($"{response.Headers}{await response.Content.ReadAsStringAsync()}");
        }
        foreach (var table in new[] { "jobs", "job_events", "generation_history", "image_assets" })
        {
            await using var command = servers.Database.CreateCommand($"select string_agg(row_to_json(r)::text, ' ') from {table} r");
            seen.Add(await command.ExecuteScalarAsync() as string ?? "");
        }
        await Until.TrueAsync(() => Task.FromResult(otlp.Lines.Count(line => line.Name.Contains("provider_", StringComparison.Ordinal)) >= 3), IvgClient.Patience, "the worker's lines");
        seen.Add(api.Output);
        seen.Add(worker.Output);
        Assert.Contains("provider_rejected", worker.Output, StringComparison.Ordinal);

        Assert.All(seen, text => Assert.DoesNotContain(Key, text, StringComparison.Ordinal));
        Assert.NotEmpty(otlp.Raw);
        Assert.All(otlp.Raw, bytes => Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Key)) < 0));
    }

    // The status that the prompt names, with the key in header and body.
    private static async Task<WebApplication> StartEchoAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/v1beta/models/{call}", async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            var asked = await reader.ReadToEndAsync();
            var status = new[] { 400, 401, 503, 200 }.Single(status => asked.Contains($"answer {status}", StringComparison.Ordinal));
            var key = http.Request.Headers["x-goog-api-key"].ToString();
            Assert.Equal(Key, key);
            http.Response.StatusCode = status;
            http.Response.Headers["X-Your-Key"] = key;
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync(status == 200
                ? $$"""{"candidates":[{"content":{"parts":[{"text":"Your key is {{key}}"}]},"finishReason":"STOP","finishMessage":"{{key}}"}],"modelVersion":"gemini-nano-banana-2.1"}"""
                : $$"""{"error":{"code":{{status}},"status":"SOMETHING","message":"Your key is {{key}}"} }""");
        });
        await app.StartAsync();
        return app;
    }
}
