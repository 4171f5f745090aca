using System.Text.Json;
using Dapper;
using Ivg.Core.Jobs;

namespace Ivg.Tests.Jobs;

/// <summary>Beside 100,000 waiting rows every statement of the sweeper, and the one that counts places, reads a few rows by an index made for it.</summary>
public sealed class SweeperPlanTests
{
    [Fact]
    public async Task Statements_beside_a_hundred_thousand_waiting_rows_use_their_indexes()
    {
        await using var rig = await SweepRig.StartAsync();
        await using (var crowd = await rig.Servers.Database.OpenConnectionAsync())
        {
            await crowd.ExecuteAsync("""
                insert into jobs (job_id, session_id, kind, max_attempts, request_id, payload, ready_at, enqueued_at, stream_id)
                select gen_random_uuid(), 'crowd-' || n / 20, 'variation', 3, 'crowd', '{}', case when n % 20 < 4 then now() end,
                  case when n % 20 < 4 then now() - n * interval '1 second' end, case when n % 20 < 4 then '1-1' end
                from generate_series(0, 124999) n
                """, commandTimeout: 120);
            await crowd.ExecuteAsync("vacuum analyze jobs", commandTimeout: 120);
        }
        var ids = (await rig.InsertAsync(50)).ToArray();
        var lists = new { JobIds = ids, StreamIds = Enumerable.Repeat("1-1", 50).ToArray() };
        var expire = JobSweeper.Expire.Split(";\n", 2)[1];

        await AssertAsync(rig, JobSweeper.Expired, new { Batch = 500 }, "jobs_leased");
        await AssertAsync(rig, expire, new { JobIds = ids, SessionIds = Array.Empty<string>(), Keep = TimeSpan.FromHours(1), Lost = "{}", Poison = "{}" }, "jobs_pkey", "jobs_open_by_session");
        await AssertAsync(rig, JobSweeper.Due, new { Batch = 500 }, "jobs_to_enqueue");
        await AssertAsync(rig, StreamSweeper.Enqueued, new { Kind = "variation", EnqueuedAt = DateTimeOffset.MinValue, JobId = Guid.Empty, Page = 500 }, "jobs_enqueued");
        await AssertAsync(rig, StreamSweeper.Enqueued, new { Kind = "variation", EnqueuedAt = TimeProvider.System.GetUtcNow().AddHours(-9), JobId = ids[0], Page = 500 }, "jobs_enqueued");
        await AssertAsync(rig, StreamSweeper.Settle, lists, "jobs_pkey");
        await AssertAsync(rig, QueuePlaces.Select, new { JobIds = ids, MostCounted = 1000 }, "jobs_enqueued", "jobs_open_by_session", "jobs_pkey", "jobs_to_enqueue");
        await AssertAsync(rig, StreamSweeper.Forget, lists, "jobs_pkey");
    }

    private static async Task AssertAsync(SweepRig rig, string statement, object parameters, params string[] indexes)
    {
        await using var connection = await rig.Servers.Database.OpenConnectionAsync();
        var plan = (await connection.ExecuteScalarAsync<string>("explain (format json) " + statement, parameters))!;
        using var document = JsonDocument.Parse(plan);
        var nodes = Nodes(document.RootElement[0].GetProperty("Plan")).ToList();

        Assert.DoesNotContain(nodes, node => Text(node, "Node Type") == "Seq Scan" && Text(node, "Relation Name") == "jobs");
        Assert.Equal(indexes.Order(), nodes.Select(node => Text(node, "Index Name")).OfType<string>().Distinct().Order());
    }

    private static IEnumerable<JsonElement> Nodes(JsonElement node) =>
        node.TryGetProperty("Plans", out var plans) ? plans.EnumerateArray().SelectMany(Nodes).Prepend(node) : [node];

    private static string? Text(JsonElement node, string member) => node.TryGetProperty(member, out var value) ? value.GetString() : null;
}
