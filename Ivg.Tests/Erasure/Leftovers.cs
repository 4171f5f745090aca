using Dapper;
using Ivg.Tests.Application;
using Npgsql;

namespace Ivg.Tests.Erasure;

/// <summary>Looks for a session in every table that has one.</summary>
internal static class Leftovers
{
    public static Task AssertNoneAsync(IvgApplication app, string sessionId) => AssertNoneAsync(app.Database, sessionId);

    public static async Task AssertNoneAsync(NpgsqlDataSource database, string sessionId)
    {
        await using var connection = await database.OpenConnectionAsync();
        // From the catalogue, so that a table that is added later is looked into as well.
        var tables = (await connection.QueryAsync<string>(
            "select table_name from information_schema.columns where table_schema = 'public' and column_name = 'session_id' order by 1")).ToList();
        Assert.Superset(new HashSet<string>(["generation_history", "image_assets", "job_events", "jobs"]), tables.ToHashSet());
        foreach (var table in tables)
        {
            var rows = await connection.ExecuteScalarAsync<int>($"select count(*)::int from {table} where session_id = @sessionId", new { sessionId });
            Assert.True(rows == 0, $"{rows} rows of {sessionId} are left in {table}");
        }
    }
}
