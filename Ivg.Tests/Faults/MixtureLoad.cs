using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Ivg.GeminiEmulator;
using Ivg.Tests.Application;
using Ivg.Tests.Generation;

namespace Ivg.Tests.Faults;

/// <summary>A user who submits without a pause, and asks again under the same key until there is an answer.</summary>
internal sealed class MixtureLoad(IvgApplication app, IvgClient user, Random random)
{
    private const int CutoutEvery = 50;
    private static readonly byte[] Picture = TestPictures.Png(64, 64);

    private readonly ConcurrentBag<Guid> _accepted = [];

    public IvgClient User => user;

    public IReadOnlyCollection<Guid> Accepted => _accepted;

    /// <summary>Answers other than 202.</summary>
    public int Refusals { get; private set; }

    /// <summary>Submits until cancelled; what was begun is brought to its end.</summary>
    public async Task RunAsync(CancellationToken over)
    {
        for (var number = 1; !over.IsCancellationRequested; number++)
        {
            await SubmitAsync(number % CutoutEvery == CutoutEvery / 2 ? "/api/remove-background" : "/api/variations");
            await Task.Delay(random.Next(150, 800), over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task SubmitAsync(string path)
    {
        var key = Guid.NewGuid().ToString("N");
        if (random.Next(3) == 0) app.Emulator.Script.Add(new ScriptStep { Behaviour = "ok", DelayMs = random.Next(4000), RequestId = key });
        await Until.TrueAsync(async () => await TryAsync(path, key), IvgClient.Patience, "a submit to be accepted");
    }

    private async Task<bool> TryAsync(string path, string key)
    {
        try
        {
            using var response = await user.PostAsync(path, IvgClient.Form(Picture), ("Idempotency-Key", key), ("X-Request-Id", key));
            var body = await response.Content.ReadAsStringAsync();
            if (response.StatusCode == HttpStatusCode.Accepted)
            {
                _accepted.Add((Guid)JsonNode.Parse(body)!["job_id"]!);
                return true;
            }
            Refusals++;
            Assert.True(response.StatusCode == HttpStatusCode.ServiceUnavailable, $"{(int)response.StatusCode}: {body}");
            return false;
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            // The API was killed in the middle: nobody knows whether there is a job, and the key tells.
            Refusals++;
            return false;
        }
    }
}
