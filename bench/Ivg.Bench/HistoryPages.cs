using System.Diagnostics;
using Ivg.Core.History;
using Npgsql;

namespace Ivg.Bench;

/// <summary>A page of the history of a session that has a thousand rows, beside a thousand rows in all and beside a million; and of one that has the million itself.</summary>
internal static class HistoryPages
{
    private const int Rounds = 400;

    public static async Task RunAsync(BenchEngine engine, int rows)
    {
        var store = new HistoryStore(engine.Get<NpgsqlDataSource>());
        await ClearAsync(engine);
        await InsertAsync(engine, "bench-small", 1000);
        var alone = await MeasureAsync(store, "bench-small");
        await InsertAsync(engine, "bench-large", rows);
        var (beside, large) = (await MeasureAsync(store, "bench-small"), await MeasureAsync(store, "bench-large"));
        Console.WriteLine($"a page of 20, median ms: of 1,000 rows {alone:0.000}; the same beside {rows} others {beside:0.000} (x {beside / alone:0.00}); of {rows} rows {large:0.000} (x {large / alone:0.00})");
        await ClearAsync(engine);
    }

    private static async Task<double> MeasureAsync(HistoryStore store, string session)
    {
        var took = new List<double>();
        Guid? before = null;
        for (var round = 0; round < Rounds; round++)
        {
            var began = Stopwatch.GetTimestamp();
            var page = await store.ListAsync(session, HistoryFilter.None, before, 20, default);
            // The first half compiles and warms.
            if (round >= Rounds / 2) took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            before = round % 40 < 39 ? page.Next : null;
        }
        return took.Percentile(0.5);
    }

    private static Task InsertAsync(BenchEngine engine, string session, int rows) => ExecuteAsync(engine, $$"""
        insert into generation_history (history_id, session_id, job_id, kind, settings, image_ids, created_at)
        select gen_random_uuid(), '{{session}}', gen_random_uuid(), 'variation', '{}', array[gen_random_uuid()], now() from generate_series(1, {{rows}});
        analyze generation_history
        """);

    private static Task ClearAsync(BenchEngine engine) => ExecuteAsync(engine, "delete from generation_history where session_id in ('bench-small', 'bench-large'); analyze generation_history");

    private static async Task ExecuteAsync(BenchEngine engine, string sql)
    {
        await using var command = engine.Get<NpgsqlDataSource>().CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }
}
