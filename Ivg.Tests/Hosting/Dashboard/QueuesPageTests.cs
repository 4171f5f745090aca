using Ivg.Hosting.Dashboard;
using Ivg.Tests.Application;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Ivg.Tests.Hosting.Dashboard;

/// <summary>IVG's own page on the dashboard of the whole application.</summary>
[Collection("guarded")]
public sealed class QueuesPageTests(GuardedApplication guarded)
{
    [Fact]
    public async Task Queue_paused_and_resumed_on_its_page_is_so_for_the_api()
    {
        await using var context = await DashboardBrowser.OpenAsync(new(guarded.App.Services.GetRequiredService<DashboardAddress>().LoginUrl!));
        var page = await context.NewPageAsync();
        await page.GotoAsync("/pages/queues");
        var cutouts = page.Locator("section.card", new() { Has = page.GetByRole(AriaRole.Heading, new() { Name = "ivg_bg", Exact = true }) });
        await Assertions.Expect(cutouts.Locator(".badge")).ToHaveTextAsync("Running");
        await Assertions.Expect(cutouts.GetByRole(AriaRole.Region, new() { Name = "ivg_bg: Workers" }).Locator("tbody tr")).ToHaveCountAsync(1);
        Assert.Equal(["Queued", "Running", "Oldest, s", "A minute", "Failed, last hour"], await cutouts.Locator("dt").AllInnerTextsAsync());

        await cutouts.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await Assertions.Expect(page.Locator("#status")).ToContainTextAsync("ivg_bg is paused");
        await Assertions.Expect(cutouts.Locator(".badge")).ToHaveTextAsync("Paused");
        Assert.True(await IsPausedAsync());
        await DashboardBrowser.AssertAccessibleAsync(page);
        await cutouts.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        await Assertions.Expect(page.Locator("#status")).ToContainTextAsync("ivg_bg goes on");
        Assert.False(await IsPausedAsync());
    }

    private async Task<bool> IsPausedAsync()
    {
        using var user = guarded.NewUser();
        return (await user.GetJsonAsync("/api/queues"))["items"]!.AsArray().Single(queue => (string?)queue!["queue"] == "ivg_bg")!["paused"]!.GetValue<bool>();
    }
}
