using System.Diagnostics;
using Dapper;
using Ivg.GeminiEmulator;
using Ivg.Tests.Application;
using Ivg.Tests.Generation;

namespace Ivg.Tests.Streams;

/// <summary>Streams beyond their bound, and without Redis's hints.</summary>
[Collection("guarded")]
public sealed class StreamBoundsTests(GuardedApplication guarded)
{
    [Fact]
    public async Task Streams_BeyondTheSessionsBound_Are429AndAClosedOneMakesRoom()
    {
        using var user = guarded.NewUser();
        await using var first = await LiveStream.OpenAsync(user);
        await using var second = await LiveStream.OpenAsync(user);
        await using (await LiveStream.OpenAsync(user))
        {
            using var refused = await user.Http.GetAsync("/api/jobs/stream", HttpCompletionOption.ResponseHeadersRead);
            await IvgClient.AssertProblemAsync(refused, 429, "rate_limited");
            Assert.NotNull(refused.Headers.RetryAfter);
            using var other = guarded.NewUser();
            await using var fine = await LiveStream.OpenAsync(other);
        }
        await Until.TrueAsync(async () =>
        {
            using var again = await user.Http.GetAsync("/api/jobs/stream", HttpCompletionOption.ResponseHeadersRead);
            return again.IsSuccessStatusCode;
        }, IvgClient.Patience, "room for a third stream");
    }

    [Fact]
    public async Task Hints_lost_the_ticks_bring_every_event()
    {
        using var user = guarded.NewUser();
        await using var stream = await LiveStream.OpenAsync(user);
        await using var redis = await guarded.App.ConnectRedisAsync();
        using var over = new CancellationTokenSource();
        var cutting = CutAsync(redis.GetDatabase(), over.Token);
        await user.SubmitAsync("/api/variations", TestPictures.Png(64, 64));
        var events = await stream.ReadUntilAsync(so => LiveStream.Over(so, 1));
        await over.CancelAsync();
        Assert.True(await cutting > 0);

        Assert.Equal(("queued", "running", "succeeded"), (events[0].Type, events[1].Type, events[^1].Type));
        Assert.Equal(events.Select(one => one.Id).Distinct().Order(), events.Select(one => one.Id));
    }

    [Fact]
    public async Task Api_restarted_under_a_reader_ends_the_stream_and_the_next_one_goes_on_where_it_was()
    {
        using var user = guarded.NewUser();
        await using var stream = await LiveStream.OpenAsync(user);
        var id = $"restarted-{Guid.NewGuid():N}";
        guarded.App.Emulator.Script.Add(new ScriptStep { Behaviour = "ok", DelayMs = 5000, RequestId = id });
        using (var accepted = await user.PostAsync("/api/variations", IvgClient.Form(TestPictures.Png(64, 64)), ("X-Request-Id", id))) accepted.EnsureSuccessStatusCode();
        var seen = (await stream.ReadUntilAsync(so => so.Any(one => one.Type == "running"))).ToList();
        var clock = Stopwatch.StartNew();
        await guarded.App.CommandAsync("api", "restart");
        // Open streams would hold a stop up for the whole shutdown time-out of 30 s.
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(25));
        await using var resumed = await Until.TrueAsync(async () =>
        {
            try
            {
                return await LiveStream.OpenAsync(user, lastEventId: seen[^1].Id);
            }
            catch (HttpRequestException)
            {
                return null;
            }
        }, IvgClient.Patience, "the API to answer again");
        seen.AddRange(await resumed.ReadUntilAsync(so => LiveStream.Over(so, 1)));

        await using var connection = await guarded.App.Database.OpenConnectionAsync();
        Assert.Equal(
            await connection.QueryAsync<long>("select event_id from job_events where session_id = @SessionId order by event_id", new { user.SessionId }), seen.Select(one => one.Id));
    }

    // As fast as the clients come back they are cut off again.
    private static async Task<long> CutAsync(StackExchange.Redis.IDatabase redis, CancellationToken over)
    {
        var cut = 0L;
        while (!over.IsCancellationRequested) cut += (long)await redis.ExecuteAsync("CLIENT", "KILL", "TYPE", "pubsub");
        return cut;
    }
}
