using Ivg.Tests.Application;
using Microsoft.Playwright;

namespace Ivg.Tests.Web;

/// <summary>The one stream that serves all cards: lost, refused, let go and taken up again.</summary>
public sealed class OneStreamTests
{
    /// <summary>Runs until it is cancelled: its provider never answers.</summary>
    private const string Endless = "[[emulator:silence]]";

    [Fact]
    public async Task Cut_line_is_said_and_taken_up_where_it_broke()
    {
        var (workshop, streams) = await OpenAsync();
        await using var _ = workshop;
        var card = await workshop.SubmitAsync(Endless);
        await Assertions.Expect(card).ToHaveAttributeAsync("data-status", "running");
        var lost = workshop.Page.Locator(".making > .notice");
        await workshop.CutAsync(true);
        await Assertions.Expect(lost).ToBeVisibleAsync();
        await Assertions.Expect(lost).ToContainTextAsync("Reconnecting");
        // Its end comes while nobody listens.
        await workshop.CancelAllAsync();
        await workshop.CutAsync(false);

        await Assertions.Expect(card).ToHaveAttributeAsync("data-status", "cancelled");
        await Assertions.Expect(lost).ToBeHiddenAsync();
        Assert.Null(streams.Begun[0]);
        Assert.All(streams.Begun.Skip(1), Assert.NotNull);
        Assert.NotEmpty(streams.Begun.Skip(1));
    }

    [Fact]
    public async Task Restarted_service_is_found_again()
    {
        var app = await SharedApplication.GetAsync();
        (string, string)[] settings = [("APP_SECRET_KEY", new string('k', 32)), ("ASPNETCORE_URLS", $"http://127.0.0.1:{FreePort.Find()}")];
        var (first, address) = await ServiceProcess.StartApiAsync(app, "Development", settings);
        await using var _ = first;
        await using var workshop = await Workshop.OpenAsync(address);
        var card = await workshop.SubmitAsync(Endless);
        await Assertions.Expect(card).ToHaveAttributeAsync("data-status", "running");
        first.Kill();
        var lost = workshop.Page.Locator(".making > .notice");
        await Assertions.Expect(lost).ToBeVisibleAsync();
        var (second, _) = await ServiceProcess.StartApiAsync(app, "Development", settings);
        await using var __ = second;

        await Assertions.Expect(lost).ToBeHiddenAsync();
        await card.Locator("[data-cancel]").ClickAsync();
        await Assertions.Expect(card).ToHaveAttributeAsync("data-status", "cancelled");
    }

    [Fact]
    public async Task Laptop_that_slept_takes_the_line_up_again()
    {
        var (workshop, streams) = await OpenAsync(page => page.Clock.InstallAsync());
        await using var _ = workshop;
        var card = await workshop.SubmitAsync(Endless);
        await Assertions.Expect(card).ToHaveAttributeAsync("data-status", "running");
        await workshop.Page.Clock.FastForwardAsync("05:00");
        await Until.TrueAsync(() => Task.FromResult(streams.Ended > 0), IvgClient.Patience, "the old line to be let go");
        await workshop.Page.Clock.FastForwardAsync("00:20");
        await workshop.CancelAllAsync();

        await Assertions.Expect(card).ToHaveAttributeAsync("data-status", "cancelled");
        Assert.NotNull(streams.Begun[^1]);
    }

    [Fact]
    public async Task Hidden_tab_lets_go_and_comes_back_with_nothing_missing()
    {
        var (workshop, streams) = await OpenAsync();
        await using var _ = workshop;
        var card = await workshop.SubmitAsync(Endless);
        await Assertions.Expect(card).ToHaveAttributeAsync("data-status", "running");
        await HideAsync(workshop.Page, true);
        await Until.TrueAsync(() => Task.FromResult(streams.Ended > 0), IvgClient.Patience, "the stream to be let go");
        await workshop.CancelAllAsync();
        await HideAsync(workshop.Page, false);

        await Assertions.Expect(card).ToHaveAttributeAsync("data-status", "cancelled");
        Assert.NotNull(streams.Begun[^1]);
        Assert.Empty(workshop.Complaints);
    }

    [Fact]
    public async Task Refused_stream_gives_way_to_asking()
    {
        await using var workshop = await Workshop.OpenAsync(prepare: page => page.RouteAsync("**/api/jobs/stream", route => route.FulfillAsync(
            new() { Status = 429, ContentType = "application/problem+json", Body = """{"code":"rate_limited"}""" })));
        await workshop.SubmitAsync();
        await workshop.FinishedCardAsync("succeeded");
        await Assertions.Expect(workshop.Page.Locator(".making > .notice")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Second_tab_and_reload_show_what_is_under_way()
    {
        await using var workshop = await Workshop.OpenAsync();
        var other = await workshop.OpenTabAsync();
        var card = await workshop.SubmitAsync(Endless);
        var same = other.Locator("[data-cards] .card");
        await Assertions.Expect(same).ToHaveAttributeAsync("data-status", "running");
        await workshop.Page.ReloadAsync();
        foreach (var one in new[] { card, same })
        {
            await Assertions.Expect(one).ToHaveAttributeAsync("data-status", "running");
            await Assertions.Expect(one.Locator(".card-source")).ToBeVisibleAsync();
            Assert.True(await one.Locator(".card-source").EvaluateAsync<bool>("async image => { await image.decode(); return image.naturalWidth > 0; }"));
        }
        Assert.StartsWith("1 in the making", await other.TitleAsync(), StringComparison.Ordinal);
        await card.Locator("[data-cancel]").ClickAsync();
        foreach (var one in new[] { card, same }) await Assertions.Expect(one).ToHaveAttributeAsync("data-status", "cancelled");
        Assert.Empty(workshop.Complaints);
    }

    private static async Task<(Workshop Workshop, StreamLog Streams)> OpenAsync(Func<IPage, Task>? prepare = null)
    {
        StreamLog? streams = null;
        var workshop = await Workshop.OpenAsync(prepare: async page =>
        {
            streams = new StreamLog(page);
            if (prepare is not null) await prepare(page);
        });
        return (workshop, streams!);
    }

    private static async Task HideAsync(IPage page, bool hidden) => await page.EvaluateAsync("""
        hidden => {
          Object.defineProperty(document, 'hidden', { configurable: true, value: hidden });
          document.dispatchEvent(new Event('visibilitychange'));
        }
        """, hidden);
}
