using System.Text.RegularExpressions;
using Aspire.Hosting;
using Microsoft.Playwright;

namespace Ivg.Tests.Hosting.Dashboard;

/// <summary>What a person changes about the view itself: pause, wrap, times, percentile, colours, keys.</summary>
public sealed class DashboardViewTests
{
    [Fact]
    public async Task Console_held_still_takes_what_came_meanwhile_when_it_goes_on()
    {
        var go = Path.GetTempFileName();
        File.Delete(go);
        await using var rig = await DashboardRig.StartAsync(builder =>
            builder.AddShell("kettle", $"echo before; while [ ! -e '{go}' ]; do sleep 0.05; done; echo after; exec sleep 1000"));
        await using var context = await DashboardBrowser.OpenAsync(rig.Login);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/console");
        await Assertions.Expect(page.Locator(".line", new() { HasText = "before" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("p");
        await File.WriteAllTextAsync(go, "");

        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Go on (1 wait)" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".line", new() { HasText = "after" })).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("p");
        await Assertions.Expect(page.Locator(".line", new() { HasText = "after" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Pause" })).ToBeVisibleAsync();
        File.Delete(go);
    }

    [Fact]
    public async Task Console_wraps_dates_and_downloads_its_lines()
    {
        await using var rig = await DashboardRig.StartAsync(builder => builder.AddShell("kettle", $"echo {new string('w', 500)}; exec sleep 1000"));
        await using var context = await DashboardBrowser.OpenAsync(rig.Login);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/console");
        var line = page.Locator(".line", new() { HasText = "www" });
        await Assertions.Expect(line.Locator("time")).ToBeHiddenAsync();
        await page.GetByLabel("Times").CheckAsync();
        await Assertions.Expect(line.Locator("time")).ToBeVisibleAsync();
        var wrapped = await line.EvaluateAsync<double>("line => line.getBoundingClientRect().height");
        await page.GetByLabel("Wrap").UncheckAsync();
        await Assertions.Expect(page.Locator(".console.wrap")).ToHaveCountAsync(0);
        Assert.True(await line.EvaluateAsync<double>("line => line.getBoundingClientRect().height") < wrapped);

        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Download" }).ClickAsync());
        using var reader = new StreamReader(await download.CreateReadStreamAsync());
        Assert.Contains(new string('w', 500), await reader.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_percentile_is_chosen_and_a_measurement_leads_to_its_trace()
    {
        await using var rig = await DashboardRig.StartAsync();
        Told.Tell(rig.Store);
        await using var context = await DashboardBrowser.OpenAsync(rig.Login);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/metrics?resource=worker");
        await page.GetByLabel("By").SelectOptionAsync("brush");
        await page.Locator("#percentile").SelectOptionAsync("median");
        await Assertions.Expect(page.Locator("figcaption").First).ToHaveTextAsync("median");
        await Assertions.Expect(page.Locator(".legend li").First).ToContainTextAsync("fine");

        await page.Locator(".chart a").First.ClickAsync(new() { Force = true });
        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"/traces/{Told.Trace}#0000000000000003$"));
        await Assertions.Expect(page.Locator("aside")).ToContainTextAsync("out of paint");
    }

    [Fact]
    public async Task Replicas_are_changed_on_the_page()
    {
        await using var rig = await DashboardRig.StartAsync(builder => builder.AddProject<EmulatorProject>("pot").WithHttpEndpoint().WithEnvironment("EMULATOR_API_KEY", "any"));
        await using var context = await DashboardBrowser.OpenAsync(rig.Login);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^pot") }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "One replica more" }).ClickAsync();
        await Assertions.Expect(page.Locator("#status")).ToContainTextAsync("2 replicas: done");
        await Assertions.Expect(page.Locator("tr[data-id^=pot]")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task Colours_chosen_stay_and_letters_lead_to_pages()
    {
        await using var rig = await DashboardRig.StartAsync();
        await using var context = await DashboardBrowser.OpenAsync(rig.Login);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/");
        await page.Locator("#theme").SelectOptionAsync("dark");
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("h1").ClickAsync();
        foreach (var (key, heading) in new[] { ("c", "Console"), ("l", "Structured logs"), ("t", "Traces"), ("m", "Metrics"), ("r", "Resources") })
        {
            await page.Keyboard.PressAsync(key);
            await Assertions.Expect(page.Locator("main h1")).ToHaveTextAsync(heading);
            await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        }
    }
}
