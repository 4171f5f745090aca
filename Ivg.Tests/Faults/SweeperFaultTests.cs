using Dapper;
using Ivg.Tests.Application;

namespace Ivg.Tests.Faults;

/// <summary>The one that sweeps stops in the middle of it.</summary>
[Collection("faults")]
public sealed class SweeperFaultTests(FaultApplication faults)
{
    private const string Name = "ivg-frozen-sweeper";

    private readonly IvgApplication _app = faults.App;

    [Fact]
    public async Task Frozen_while_it_sweeps_others_sweep_in_its_place()
    {
        using var user = _app.NewUser();
        var (sweeper, _) = await faults.StartApiAsync(("ConnectionStrings__ivgdb", $"{_app.DatabaseConnection};Application Name={Name}"));
        await using var __ = sweeper;
        await using var redis = await _app.ConnectRedisAsync();
        var others = new[] { "api", "generate-worker", "bg-worker" }.SelectMany(_app.ProcessIds).ToList();
        var hold = await FaultApplication.HoldWritesAsync(redis);
        // An entry that cannot be written keeps whoever sweeps in the middle of it.
        var job = await Work.SubmitAsync(user, $"sweep-{Guid.NewGuid():N}");
        await using (new Afterwards(() => SignalAsync(others, "CONT")))
        {
            await SignalAsync(others, "STOP");
            await using var connection = await _app.Database.OpenConnectionAsync();
            await Until.TrueAsync(async () =>
            {
                if (!await SweepsAsync(connection)) return false;
                await Signals.SendAsync(sweeper.ProcessId, "STOP");
                if (await SweepsAsync(connection)) return true;
                await Signals.SendAsync(sweeper.ProcessId, "CONT");
                return false;
            }, IvgClient.Patience, "it to be frozen in the middle of a sweep");
            await hold.DisposeAsync();
        }

        var first = Assert.Single(await Work.SucceedAsync(user, [job]));
        // Nobody but a sweeper sees that a worker is gone.
        var slow = Work.Slow(_app, 30_000);
        var lost = await Work.SubmitAsync(user, slow);
        await Work.AtProviderAsync(_app, slow);
        await faults.KillAndStartAsync("generate-worker");

        var done = Assert.Single(await Work.SucceedAsync(user, [lost]));
        Assert.Equal(2, (int)done["attempt"]!);
        await Books.BalanceAsync(_app, user, [first, done]);
        await Books.QuietAsync(_app);
    }

    private static Task<bool> SweepsAsync(Npgsql.NpgsqlConnection connection) => connection.ExecuteScalarAsync<bool>("""
        select exists (select from pg_locks l join pg_stat_activity a using (pid)
          where l.locktype = 'advisory' and l.granted and a.application_name = @Name and a.state = 'idle in transaction' and a.query like '%pg_try_advisory_xact_lock%')
        """, new { Name });

    private static async Task SignalAsync(List<int> processIds, string signal)
    {
        foreach (var id in processIds) await Signals.SendAsync(id, signal);
    }
}
