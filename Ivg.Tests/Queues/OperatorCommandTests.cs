using Ivg.Tests.Application;

namespace Ivg.Tests.Queues;

/// <summary>What the AppHost's model offers an operator as commands.</summary>
[Collection("guarded")]
public sealed class OperatorCommandTests(GuardedApplication guarded)
{
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData("variations", "ivg_generate")]
    [InlineData("cutouts", "ivg_bg")]
    public async Task Queue_is_paused_and_resumed(string work, string queue)
    {
        await guarded.App.CommandAsync("api", $"pause-{work}");
        Assert.Equal([queue], await PausedAsync());
        await guarded.App.CommandAsync("api", $"resume-{work}");
        Assert.Empty(await PausedAsync());
    }

    [Theory]
    [InlineData("migrator", "load-styles", "8 styles are loaded")]
    [InlineData("cleanup", "run-cleanup", "Removed ")]
    [InlineData("fetch-model", "run-fetch-model", "isnet-fp16")]
    public async Task Verb_is_run_when_asked_for(string resource, string command, string told)
    {
        await guarded.App.CommandAsync(resource, command);
        await Until.TrueAsync(() => Task.FromResult(guarded.App.ConsoleOf(resource).Contains(told, StringComparison.Ordinal)), Soon, $"'{told}' from {resource}");
        await guarded.App.EndedAsync(resource, Soon);
    }

    private async Task<IEnumerable<string?>> PausedAsync()
    {
        using var user = guarded.NewUser();
        return (await user.GetJsonAsync("/api/queues"))["items"]!.AsArray().Where(queue => (bool)queue!["paused"]!).Select(queue => (string?)queue!["queue"]);
    }
}
