using System.Text.Json.Nodes;
using Dapper;
using Ivg.Tests.Application;
using Ivg.Tests.Generation;

namespace Ivg.Tests.Streams;

/// <summary>All of a caller's jobs on one connection: nothing missing, nothing twice.</summary>
public sealed class SessionStreamTests
{
    [Fact]
    public async Task Two_jobs_interleaved_come_complete_and_in_one_order()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        await using var stream = await LiveStream.OpenAsync(user);
        var jobs = await Task.WhenAll(SubmitAsync(user), SubmitAsync(user));
        var events = await stream.ReadUntilAsync(so => LiveStream.Over(so, 2));

        Assert.Equal(await StoredAsync(app, user), events.Select(Key));
        Assert.Equal(events.Select(one => one.Id).Distinct().Order(), events.Select(one => one.Id));
        foreach (var job in jobs)
        {
            var own = events.Where(one => (string?)one.Data["job_id"] == (string?)job["job_id"]).ToList();
            Assert.Equal(("queued", "running", "succeeded"), (own[0].Type, own[1].Type, own[^1].Type));
            var now = await user.GetJsonAsync($"/api/jobs/{job["job_id"]}");
            Assert.True(JsonNode.DeepEquals(now, own[^1].Data), $"{now.ToJsonString()}\n{own[^1].Data.ToJsonString()}");
        }
    }

    [Fact]
    public async Task Cut_again_and_again_resumes_with_no_gap_and_no_repeat()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        var events = new List<StreamedEvent>();
        var first = await SubmitAsync(user);
        long? last = null;
        while (!LiveStream.Over(events, 2))
        {
            await using var stream = await LiveStream.OpenAsync(user, lastEventId: last);
            events.AddRange(await stream.ReadUntilAsync(so => so.Count >= 1));
            if (last is null) await SubmitAsync(user);
            last = events[^1].Id;
        }

        var stored = await StoredAsync(app, user);
        // The first connection began with the state of that moment, which is named after the job's status and not after its last event.
        Assert.Equal((string?)first["job_id"], (string?)events[0].Data["job_id"]);
        Assert.Equal(stored.SkipWhile(one => one.Item1 != Key(events[0]).Item1).Skip(1), events.Skip(1).Select(Key));
    }

    [Fact]
    public async Task Resume_in_the_middle_gives_exactly_the_rest()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        await using var stream = await LiveStream.OpenAsync(user);
        await Task.WhenAll(SubmitAsync(user), SubmitAsync(user));
        var all = await stream.ReadUntilAsync(so => LiveStream.Over(so, 2));
        foreach (var middle in new[] { 0, all.Count / 2, all.Count - 2 })
        {
            await using var resumed = await LiveStream.OpenAsync(user, lastEventId: all[middle].Id);
            var rest = await resumed.ReadUntilAsync(so => so.Count >= all.Count - middle - 1);
            Assert.Equal(all.Skip(middle + 1).Select(Key), rest.Select(Key));
        }
    }

    [Fact]
    public async Task A_reader_with_no_job_yet_has_an_id_to_come_back_to()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        using var response = await user.Http.GetAsync("/api/jobs/stream", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Equal("retry: 2000", await reader.ReadLineAsync());
        Assert.Equal("id: 0", await reader.ReadLineAsync());
        Assert.Equal("", await reader.ReadLineAsync());

        await user.FinishAsync(await SubmitAsync(user));
        await using var later = await LiveStream.OpenAsync(user, lastEventId: 0);
        var events = await later.ReadUntilAsync(so => LiveStream.Over(so, 1));
        Assert.Equal(await StoredAsync(app, user), events.Select(Key));
    }

    [Fact]
    public async Task Another_sessions_jobs_are_not_seen()
    {
        var app = await SharedApplication.GetAsync();
        using var alice = app.NewUser();
        using var bob = app.NewUser();
        await using var stream = await LiveStream.OpenAsync(bob);
        await alice.FinishAsync(await SubmitAsync(alice));
        var own = await SubmitAsync(bob);
        var events = await stream.ReadUntilAsync(so => LiveStream.Over(so, 1));

        Assert.All(events, one => Assert.Equal((string?)own["job_id"], (string?)one.Data["job_id"]));
    }

    [Fact]
    public async Task Id_of_another_database_begins_with_the_present()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        await using var stream = await LiveStream.OpenAsync(user, lastEventId: long.MaxValue);
        await SubmitAsync(user);
        Assert.Equal("queued", (await stream.ReadUntilAsync(so => so.Count >= 1))[0].Type);
    }

    [Fact]
    public async Task Stream_UnknownJob_Is404()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        await IvgClient.AssertProblemAsync(await user.Http.GetAsync($"/api/jobs/{Guid.NewGuid()}/stream"), 404, "job_not_found");
        await IvgClient.AssertProblemAsync(await user.Http.GetAsync("/api/jobs/nonsense/stream"), 404, "job_not_found");
    }

    [Fact]
    public async Task Concurrent_writers_of_one_session_leave_no_gap_for_a_reader()
    {
        var app = await SharedApplication.GetAsync();
        var session = $"test:{Guid.NewGuid():N}";
        const int writers = 8, rounds = 25;
        var writing = Task.WhenAll(Enumerable.Range(0, writers).Select(_ => WriteAsync(app, session, rounds)));
        var read = new List<long>();
        await using var connection = await app.Database.OpenConnectionAsync();
        bool done;
        do
        {
            done = writing.IsCompleted;
            read.AddRange(await connection.QueryAsync<long>(
                "select event_id from job_events where session_id = @session and event_id > @after order by event_id", new { session, after = read.LastOrDefault() }));
        }
        while (!done);
        await writing;

        Assert.Equal(await connection.QueryAsync<long>("select event_id from job_events where session_id = @session order by event_id", new { session }), read);
        Assert.Equal(writers * rounds, read.Count);
        await connection.ExecuteAsync("delete from jobs where session_id = @session", new { session });
    }

    // A commit that is slow at random is what makes numbers overtake each other where nothing holds them back.
    private static async Task WriteAsync(IvgApplication app, string session, int rounds)
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        var job = Guid.CreateVersion7();
        await connection.ExecuteAsync("""
            insert into jobs (job_id, session_id, kind, status, max_attempts, request_id, payload, finished_at, expires_at)
            values (@job, @session, 'variation', 'cancelled', 1, 'test', '{}', now(), now())
            """, new { job, session });
        for (var round = 0; round < rounds; round++)
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await connection.ExecuteAsync(
                "insert into job_events (job_id, job_version, type, data) values (@job, @round, 'progress', '{}'); select pg_sleep(random() * 0.004)", new { job, round }, transaction);
            await transaction.CommitAsync();
        }
    }

    private static Task<JsonObject> SubmitAsync(IvgClient user) => user.SubmitAsync("/api/variations", TestPictures.Png(64, 64));

    private static (string, string) Key(StreamedEvent one) => ($"{one.Data["job_id"]}:{one.Id}", one.Type);

    private static async Task<List<(string, string)>> StoredAsync(IvgApplication app, IvgClient user)
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        return [.. await connection.QueryAsync<(string, string)>(
            "select job_id || ':' || event_id, type from job_events where session_id = @SessionId order by event_id", new { user.SessionId })];
    }
}
