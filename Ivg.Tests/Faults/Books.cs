using System.Text.Json.Nodes;
using Dapper;
using Ivg.Tests.Application;
using Npgsql;
using StackExchange.Redis;

namespace Ivg.Tests.Faults;

/// <summary>Audits: what the tables and the streams hold is what the jobs say, no more and no less.</summary>
internal static class Books
{
    private static readonly string[] Queues = ["ivg_generate", "ivg_bg"];

    /// <summary>Each finished job has exactly the images and the history that its result tells of, and the bytes are served.</summary>
    public static async Task BalanceAsync(IvgApplication app, IvgClient user, IEnumerable<JsonObject> jobs)
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        foreach (var job in jobs)
        {
            var told = job["result"] is { } result ? result["images"]!.AsArray().Select(image => ((Guid)image!["image_id"]!, (int)image["bytes"]!)).ToList() : [];
            Assert.Equal((string?)job["status"] == "succeeded", told.Count > 0);
            var jobId = Guid.Parse((string)job["job_id"]!);
            Assert.Equal(told, await connection.QueryAsync<(Guid, int)>(
                "select image_id, length(data) from image_assets where job_id = @jobId order by job_index", new { jobId }));
            var history = await connection.QueryAsync<Guid[]>("select image_ids from generation_history where job_id = @jobId", new { jobId });
            if (told.Count > 0) Assert.Equal(told.Select(image => image.Item1), Assert.Single(history));
            else Assert.Empty(history);
            foreach (var (id, bytes) in told) Assert.Equal(bytes, (await user.Http.GetByteArrayAsync($"/api/images/{id}")).Length);
        }
        await NoOrphansAsync(connection);
    }

    /// <summary>Nothing is left in the streams: neither entries nor claims to them.</summary>
    public static async Task QuietAsync(IvgApplication app, TimeSpan longest)
    {
        await using var redis = await app.ConnectRedisAsync();
        var left = "";
        try
        {
            await Until.TrueAsync(async () => (left = await LeftAsync(redis.GetDatabase())).Length == 0, longest, "empty streams");
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message} Left: {left}", e);
        }
    }

    public static Task QuietAsync(IvgApplication app) => QuietAsync(app, IvgClient.Patience);

    // The database is the fault tests' own, and they run one after another.
    private static async Task NoOrphansAsync(NpgsqlConnection connection) => Assert.Equal((0L, 0L, 0L, 0L), await connection.QuerySingleAsync<(long, long, long, long)>("""
        select
          (select count(*) from image_assets a where a.job_id is not null and not exists (select from jobs j where j.job_id = a.job_id and j.status = 'succeeded')),
          (select count(*) from job_events e where not exists (select from jobs j where j.job_id = e.job_id)),
          (select count(*) from generation_history h where not exists (select from jobs j where j.job_id = h.job_id and j.status = 'succeeded')),
          (select count(*) from jobs j where j.finished_at is not null and (lease_owner is not null or lease_until is not null))
        """));

    private static async Task<string> LeftAsync(IDatabase redis)
    {
        var left = "";
        foreach (var queue in Queues)
        {
            try
            {
                var (length, pending) = (await redis.StreamLengthAsync(queue), (await redis.StreamPendingAsync(queue, "workers")).PendingMessageCount);
                if (length + pending > 0) left += $"{queue}: {length} entries, {pending} pending. ";
            }
            catch (RedisException e)
            {
                left += e.Message;
            }
        }
        return left;
    }
}
