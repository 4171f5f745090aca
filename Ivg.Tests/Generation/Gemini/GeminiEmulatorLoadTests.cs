using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Ivg.GeminiEmulator;
using Ivg.Tests.Application;
using static Ivg.Tests.Generation.Gemini.EmulatorClient;

namespace Ivg.Tests.Generation.Gemini;

/// <summary>Quotas, chance, and callers who go away.</summary>
public sealed class GeminiEmulatorLoadTests
{
    private const string Model = GeminiRig.Model;
    private const string Plain = """{"contents":[{"parts":[{"text":"a fox"}]}]}""";

    [Theory]
    [InlineData(1, 0, "GenerateRequestsPerMinutePerProjectPerModel")]
    [InlineData(0, 1, "GenerateImagesPerMinutePerProjectPerModel")]
    public async Task Quota_OfAMinute_NamesItselfAndClearsAfterTheWaitItAsksFor(int requests, int images, string id)
    {
        const double window = 2;
        await using var emulator = await GeminiEmulatorHost.StartAsync(
            new EmulatorOptions { RequestsPerMinute = requests, ImagesPerMinute = images, QuotaWindow = window, CachedAnswers = true });
        // Of two requests in a row one is over the quota, but for a window that ends between them.
        var refused = await Until.TrueAsync(async () =>
            await PostAsync(emulator, Model, Plain) is { Status: HttpStatusCode.TooManyRequests } answer ? answer.Body : null, TimeSpan.FromSeconds(30), "a 429");
        var details = JsonNode.Parse(refused)!["error"]!["details"]!.AsArray();
        Assert.Equal(id, (string?)details.Single(detail => detail!["violations"] is not null)!["violations"]![0]!["quotaId"]);
        var delay = ((string)details.Single(detail => detail!["retryDelay"] is not null)!["retryDelay"]!).TrimEnd('s');
        Assert.InRange(double.Parse(delay, CultureInfo.InvariantCulture), 0, window);
        // The quota is one model's: another answers meanwhile.
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(emulator, "gemini-3-pro-image", Plain)).Status);
        await Task.Delay(TimeSpan.FromSeconds(double.Parse(delay, CultureInfo.InvariantCulture) + 0.05));
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(emulator, Model, Plain)).Status);
    }

    [Fact]
    public async Task Quota_OfADay_StaysUntilItIsReset()
    {
        await using var emulator = await GeminiEmulatorHost.StartAsync(new EmulatorOptions { RequestsPerDay = 1, CachedAnswers = true });
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(emulator, Model, Plain)).Status);
        var (status, body) = await PostAsync(emulator, Model, Plain);
        Assert.Equal(HttpStatusCode.TooManyRequests, status);
        Assert.Contains("PerDay", body, StringComparison.Ordinal);
        using var client = new HttpClient();
        using var reset = await client.PostAsync($"{emulator.BaseUrl}_emulator/reset", null);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(emulator, Model, Plain)).Status);
    }

    [Fact]
    public async Task Chance_SameSeed_FailsTheSameRequests()
    {
        var (first, again, other) = (await FailuresAsync(7), await FailuresAsync(7), await FailuresAsync(8));
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        Assert.InRange(first.Count(status => status == HttpStatusCode.ServiceUnavailable), 8, 32);
        Assert.Contains(HttpStatusCode.InternalServerError, first);
    }

    [Theory]
    [InlineData("overloaded")]
    [InlineData("nonsense:0.1")]
    [InlineData("overloaded:2")]
    public async Task Chance_MistakeInIt_StopsTheStartAndNamesTheSetting(string failures)
    {
        var failure = await Assert.ThrowsAsync<FormatException>(() => GeminiEmulatorHost.StartAsync(new EmulatorOptions { Failures = failures }));
        Assert.Contains("EMULATOR_FAILURES", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("silence")]
    [InlineData("stalled_body")]
    public async Task Caller_WhoGoesAway_IsNoticedAndCountedAs499(string behaviour)
    {
        await using var emulator = await GeminiEmulatorHost.StartAsync();
        using var cancel = new CancellationTokenSource();
        using var client = new HttpClient { DefaultRequestHeaders = { { "x-goog-api-key", "key" }, { "X-Emulator-Behaviour", behaviour } } };
        var call = client.PostAsync($"{emulator.BaseUrl}v1beta/models/{Model}:generateContent", new StringContent(Plain), cancel.Token);
        await Until.TrueAsync(() => Task.FromResult(emulator.Journal.Entries is [{ Behaviour: not null }]), TimeSpan.FromSeconds(20), "the request");
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Until.TrueAsync(() => Task.FromResult(emulator.Journal.Outcomes.GetValueOrDefault("499") == 1), TimeSpan.FromSeconds(20), "the count");
    }

    private static async Task<List<HttpStatusCode>> FailuresAsync(int seed)
    {
        await using var emulator = await GeminiEmulatorHost.StartAsync(new EmulatorOptions { Failures = "overloaded:0.3,internal:0.2", Seed = seed, CachedAnswers = true });
        var statuses = new List<HttpStatusCode>();
        for (var call = 0; call < 60; call++) statuses.Add((await PostAsync(emulator, Model, Plain)).Status);
        return statuses;
    }
}
