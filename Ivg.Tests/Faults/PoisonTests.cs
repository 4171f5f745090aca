using Ivg.Tests.Application;

namespace Ivg.Tests.Faults;

/// <summary>A job that kills its worker.</summary>
[Collection("faults")]
public sealed class PoisonTests(FaultApplication faults)
{
    private readonly IvgApplication _app = faults.App;

    [Fact]
    public async Task Job_that_took_two_workers_with_it_fails_and_others_are_unharmed()
    {
        using var user = _app.NewUser();
        var (poisonous, beside) = (Work.Slow(_app, 60_000, times: 2), Work.Slow(_app, 60_000));
        var (poison, neighbour) = (await Work.SubmitAsync(user, poisonous), await Work.SubmitAsync(user, beside));
        await Work.AtProviderAsync(_app, poisonous);
        await Work.AtProviderAsync(_app, beside);
        await faults.KillAndStartAsync("generate-worker");

        await Work.AtProviderAsync(_app, poisonous, calls: 2);
        var others = await Work.SucceedAsync(user, [neighbour, .. await Work.SubmitManyAsync(user, "beside-poison", 5)]);
        await faults.KillAndStartAsync("generate-worker");
        var failed = await user.FinishAsync(poison);

        Assert.Equal(("failed", "worker_lost", 2), ((string?)failed["status"], (string?)failed["error"]!["code"], (int)failed["attempt"]!));
        Assert.False((bool)failed["error"]!["retryable"]!);
        Assert.Equal(2, Work.Calls(_app, poisonous));
        Assert.Equal([2, 1, 1, 1, 1, 1], others.Select(job => (int)job["attempt"]!));
        await Books.BalanceAsync(_app, user, [failed, .. others, .. await Work.SucceedAsync(user, [await Work.SubmitAsync(user, "after-poison")])]);
        await Books.QuietAsync(_app);
    }
}
