using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Ivg.Hosting;
using Microsoft.Playwright;

namespace Ivg.Tests.Hosting.Dashboard;

/// <summary>The pages in a real browser.</summary>
public sealed class DashboardPageTests
{
    private static readonly string[] Paths =
        ["/", "/console", "/logs", "/traces", $"/traces/{Told.Trace}", "/metrics?resource=worker", $"/find?id={Told.JobId}", "/find?id=nowhere", "/pages/paints"];

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 400)]
    public async Task Every_page_passes_axe_keeps_its_policy_and_fits(ColorScheme colours, int width)
    {
        await using var rig = await StartAsync();
        await using var context = await DashboardBrowser.OpenAsync(rig.Login, colours, width);
        var page = await context.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) => { if (message.Type is "error" or "warning") complaints.Add($"{page.Url}: {message.Text}"); };
        page.PageError += (_, error) => complaints.Add($"{page.Url}: {error}");
        foreach (var path in Paths)
        {
            await page.GotoAsync(path);
            await Assertions.Expect(page.Locator("main h1")).Not.ToBeEmptyAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Paints" })).ToBeVisibleAsync();
            await DashboardBrowser.AssertAccessibleAsync(page);
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{path} is wider than {width} pixels.");
        }

        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Pasting_a_job_id_shows_its_life_across_processes()
    {
        await using var rig = await StartAsync();
        await using var context = await DashboardBrowser.OpenAsync(rig.Login);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/");
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync(Told.JobId);
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.GetByText("A job_id: 1 trace, 3 spans and 2 log lines of 2 processes")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".waterfall li")).ToHaveCountAsync(3);
        await page.GetByRole(AriaRole.Button, new() { Name = "worker process failed" }).ClickAsync();
        await Assertions.Expect(page.Locator("aside")).ToContainTextAsync("Error out of paint");
        await Assertions.Expect(page.Locator("aside")).ToContainTextAsync("Out of paint");
        await DashboardBrowser.AssertAccessibleAsync(page);
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("aside")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Hundred_thousand_logs_leave_few_rows_in_the_page_and_all_can_be_reached()
    {
        await using var rig = await DashboardRig.StartAsync();
        Told.TellLines(rig.Store, 100_000);
        await using var context = await DashboardBrowser.OpenAsync(rig.Login);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/logs");
        await Assertions.Expect(page.GetByText("100,000 lines")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("line 100000", new() { Exact = true })).ToBeVisibleAsync();
        Assert.InRange(await page.Locator(".list .row").CountAsync(), 1, 100);

        // Line 99801 ends the first page; one who goes on scrolling gets there and beyond.
        await page.WaitForFunctionAsync("""
            () => {
              const list = document.querySelector('.list');
              list.scrollTop = 1e9;
              return [...list.querySelectorAll('.row')].some(row => row.innerText.includes('line 99001'));
            }
            """);
        await page.GetByLabel("Text", new() { Exact = true }).FillAsync("line 1234");
        await Assertions.Expect(page.GetByText("11 lines", new() { Exact = true })).ToBeVisibleAsync();
        Told.TellLines(rig.Store, 12_345);
        await Assertions.Expect(page.GetByText("line 12345", new() { Exact = true })).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task Opened_line_does_not_hold_the_list_while_it_scrolls()
    {
        await using var rig = await DashboardRig.StartAsync();
        Told.TellLines(rig.Store, 200);
        await using var context = await DashboardBrowser.OpenAsync(rig.Login);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/logs");
        await page.GetByText("line 200", new() { Exact = true }).ClickAsync();
        // Row by row, so that the opened one is drawn anew each time, until it is out of sight but still drawn.
        await page.EvaluateAsync("""
            async () => {
              const list = document.querySelector('.list');
              for (let row = 0; row < 15; row++) {
                list.scrollTop += 30;
                await new Promise(requestAnimationFrame);
                await new Promise(requestAnimationFrame);
              }
            }
            """);

        Assert.Equal(450, await page.EvaluateAsync<double>("document.querySelector('.list').scrollTop"));
    }

    [Fact]
    public async Task Lines_asked_for_while_the_list_is_read_anew_are_shown_once()
    {
        await using var rig = await DashboardRig.StartAsync();
        Told.TellLines(rig.Store, 50);
        await using var context = await DashboardBrowser.OpenAsync(rig.Login);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/logs");
        await Assertions.Expect(page.GetByText("line 50", new() { Exact = true })).ToBeVisibleAsync();
        // Both are on their way at once, and what is new since is in the answer to each.
        TaskCompletionSource<IRoute> read = new(), followed = new();
        await page.RouteAsync("**/api/telemetry/logs?*text=*", async route =>
        {
            var held = route.Request.Url.Contains("after=", StringComparison.Ordinal) ? followed : read;
            if (!held.TrySetResult(route)) await route.ContinueAsync();
        });
        await page.GetByLabel("Text", new() { Exact = true }).FillAsync("line 42");
        var (reading, following) = (await read.Task.WaitAsync(Shell.Patience), await followed.Task.WaitAsync(Shell.Patience));
        Told.TellLines(rig.Store, 42);
        await reading.ContinueAsync();
        await Assertions.Expect(page.Locator(".list .row.log")).ToHaveCountAsync(2);
        // The next one is asked for when this one's answer has been dealt with.
        await page.RunAndWaitForResponseAsync(() => following.ContinueAsync(), "**/api/telemetry/logs?*after=*");
        await page.WaitForResponseAsync("**/api/telemetry/logs?*after=*");

        Assert.Equal(2, await page.Locator(".list .row.log").CountAsync());
    }

    [Fact]
    public async Task Console_shows_colours_of_all_resources_and_finds_lines()
    {
        await using var rig = await StartAsync();
        await using var context = await DashboardBrowser.OpenAsync(rig.Login);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/console");

        await Assertions.Expect(page.Locator(".line .text .a-fg1")).ToHaveTextAsync("red");
        await Assertions.Expect(page.Locator(".line", new() { HasText = "from the other" })).ToBeVisibleAsync();
        await page.GetByLabel("Search").FillAsync("RED paint");
        await Assertions.Expect(page.Locator(".line")).ToHaveCountAsync(1);
        await page.GetByLabel("Resource").SelectOptionAsync("other");
        await page.GetByLabel("Search").FillAsync("");
        await Assertions.Expect(page.Locator(".line")).ToHaveTextAsync(["from the other"], new() { UseInnerText = true });
    }

    [Fact]
    public async Task Resource_is_stopped_and_started_on_its_page_and_tells_the_outcome()
    {
        await using var rig = await StartAsync();
        await using var context = await DashboardBrowser.OpenAsync(rig.Login);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/");
        var row = page.Locator("tr[data-id=other]");
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop other", Exact = true }).ClickAsync();
        await Assertions.Expect(row).ToContainTextAsync("Exited");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start other", Exact = true }).ClickAsync();
        await Assertions.Expect(row).ToContainTextAsync("Running");
        await Assertions.Expect(page.Locator("#status")).ToContainTextAsync("Start other: done");
        await page.GetByRole(AriaRole.Button, new() { Name = "Graph" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "other, Running" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Command_is_carried_out_on_its_page_and_tells_the_outcome()
    {
        await using var rig = await DashboardRig.StartAsync(builder => builder.AddShell("pot", "exec sleep 1000")
            .WithCommand("fill", "Fill", _ => Task.FromResult(CommandResults.Success()))
            .WithCommand("spill/all", "Spill", _ => Task.FromResult(CommandResults.Failure("Not on the carpet.")))
            .WithCommand("count", "Count", _ => Task.FromResult(new ExecuteCommandResult { Success = true, Message = "3 pots." }))
            .WithCommand("never", "Never", _ => Task.FromResult(CommandResults.Success()), new CommandOptions { UpdateState = _ => ResourceCommandState.Disabled }));
        await using var context = await DashboardBrowser.OpenAsync(rig.Login);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Button, new() { Name = "pot", Exact = true }).ClickAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Fill, pot" }).ClickAsync();
        await Assertions.Expect(page.Locator("#status")).ToContainTextAsync("Fill, pot: done");
        await page.GetByRole(AriaRole.Button, new() { Name = "Count, pot" }).ClickAsync();
        await Assertions.Expect(page.Locator("#status")).ToHaveTextAsync("Count, pot: 3 pots.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Spill, pot" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Spill, pot: Not on the carpet.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Never, pot" })).ToBeDisabledAsync();
        await DashboardBrowser.AssertAccessibleAsync(page);
    }

    [Fact]
    public async Task Contributed_page_shows_what_the_model_gives_and_carries_out_its_actions()
    {
        await using var rig = await StartAsync();
        await using var context = await DashboardBrowser.OpenAsync(rig.Login);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/pages/paints");

        await Assertions.Expect(page.GetByText("<b>blue</b>")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Refill" }).ClickAsync();
        await Assertions.Expect(page.Locator("#status")).ToHaveTextAsync("Refilled refill blue");
        await page.GetByRole(AriaRole.Button, new() { Name = "Spill" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Spill: Not on the carpet.")).ToBeVisibleAsync();
    }

    private static async Task<DashboardRig> StartAsync()
    {
        var rig = await DashboardRig.StartAsync(builder =>
        {
            var first = builder.AddShell("api", "printf '\\033[31mred\\033[0m paint\\n'; exec sleep 1000").WithHttpEndpoint();
            builder.AddShell("other", "echo from the other; exec sleep 1000").WaitFor(first);
            builder.AddDashboardPage(_ => new DashboardPage("paints", "Paints", LoadAsync, ExecuteAsync));
        });
        await rig.App.ResourceNotifications.WaitForResourceHealthyAsync("other", Shell.Timeout());
        Told.Tell(rig.Store);
        return rig;
    }

    private static Task<DashboardPageContent> LoadAsync(CancellationToken cancellationToken) => Task.FromResult(new DashboardPageContent(
    [
        new DashboardSection("Blue", "Low", Warns: true)
        {
            Facts = [new("Left", "3")],
            Tables = [new("Tubes", ["Name", "Left"], [["<b>blue</b>", "3"]], "None.")],
            Actions = [new("refill blue", "Refill"), new("spill", "Spill")],
        },
    ]));

    private static Task<string> ExecuteAsync(string action, CancellationToken cancellationToken)
        => action == "spill" ? throw new InvalidOperationException("Not on the carpet.") : Task.FromResult($"Refilled {action}");
}
