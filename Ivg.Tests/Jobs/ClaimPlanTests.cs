using Dapper;
using Ivg.Core.Jobs;
using Ivg.ServiceDefaults.Data;
using Ivg.Tests.Application;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Ivg.Tests.Jobs;

/// <summary>Claims keep their plan for as long as their connection, and statistics lag behind a backlog.</summary>
public sealed class ClaimPlanTests
{
    private const string RowsRead = """
        select t.seq_tup_read + (select sum(idx_tup_read) from pg_stat_user_indexes i where i.relid = t.relid)::bigint as rows, t.n_tup_upd as claimed
        from pg_stat_user_tables t where t.relname = 'jobs'
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Claims_prepared_while_the_table_was_small_read_no_backlog(bool analysed)
    {
        await using var rig = await SweepRig.StartAsync();
        await using var database = NpgsqlDataSource.Create(PostgresUrl.ToConnectionString(rig.Servers.DatabaseConnection + ";Maximum Pool Size=1"));
        var leases = new JobLeases(database, rig.Options, TimeProvider.System, NullLogger<JobLeases>.Instance);
        await rig.ExecuteAsync("alter table jobs set (autovacuum_enabled = false)");
        if (analysed) await rig.ExecuteAsync("analyze jobs");
        foreach (var job in await rig.InsertAsync(20)) Assert.NotNull(await leases.ClaimAsync(job, "7-1"));
        var backlog = await rig.InsertAsync(20_000);
        var before = await ReadAsync(rig, claims: 20);

        foreach (var job in backlog.Take(20)) Assert.NotNull(await leases.ClaimAsync(job, "7-2"));

        // A row or two a claim, not twenty thousand.
        Assert.InRange((await ReadAsync(rig, claims: 40)) - before, 20, 1000);
    }

    private static async Task<long> ReadAsync(SweepRig rig, int claims)
    {
        // A server process tells its counts when it has been idle for a moment.
        var (rows, claimed) = (0L, 0L);
        await Until.TrueAsync(async () =>
        {
            await using var connection = await rig.Servers.Database.OpenConnectionAsync();
            (rows, claimed) = await connection.QuerySingleAsync<(long, long)>(RowsRead);
            return claimed == claims;
        }, TimeSpan.FromSeconds(60), "the counts of the claims");
        return rows;
    }
}
