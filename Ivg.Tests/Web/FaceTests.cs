using System.Text.Json.Nodes;
using Ivg.Api.Pages;
using Ivg.Tests.Contract;
using Ivg.Tests.Generation;
using Microsoft.Playwright;

namespace Ivg.Tests.Web;

/// <summary>What went wrong, each in its own words and with its own face.</summary>
public sealed class FaceTests
{
    [Fact]
    public async Task Every_code_of_a_job_reaches_its_card()
    {
        var codes = ApiDocument.Root["components"]!["schemas"]!["JobError"]!["properties"]!["code"]!["enum"]!.AsArray().Select(code => (string)code!).ToArray();
        // Each runs first, for what ended before the page was there has no card.
        var running = codes.Select(code => Pretence.Job(code, "running"));
        var failed = codes.Select(code => Pretence.Job(code, "failed", job => job["error"] = new JsonObject { ["code"] = code, ["message"] = "", ["retryable"] = false }));
        await using var workshop = await Workshop.OpenAsync(prepare: page => Pretence.StreamAsync(page, [.. running, .. failed]));
        foreach (var code in codes)
        {
            var words = ErrorWords.ByCode[code];
            var face = workshop.Page.Locator($".card[data-job={code}] [data-face={words.Face}]");
            await Assertions.Expect(face).ToContainTextAsync($"{words.Title} {words.Advice}");
            await Assertions.Expect(face.Locator("svg")).ToBeVisibleAsync();
        }
        Assert.Empty(workshop.Complaints);
    }

    [Fact]
    public async Task Every_code_of_a_submit_reaches_the_form()
    {
        await using var workshop = await Workshop.OpenAsync();
        await workshop.ChooseAsync(TestPictures.Png(64, 48));
        var trouble = workshop.Page.Locator("[data-form-trouble]");
        foreach (var (code, words) in ErrorWords.ByCode.Where(one => one.Key != "offline"))
        {
            await Pretence.RefuseAsync(workshop.Page, 400, code);
            await workshop.Page.Locator("[data-submit]").ClickAsync();
            await Assertions.Expect(trouble.Locator($"[data-face={words.Face}]")).ToContainTextAsync($"{words.Title} {words.Advice}");
        }
        await workshop.CutAsync(true);
        await workshop.Page.UnrouteAllAsync();
        await workshop.Page.Locator("[data-submit]").ClickAsync();
        await Assertions.Expect(trouble).ToContainTextAsync("No connection to the service.");
    }

    [Theory]
    [InlineData("queue_full", 42, "about 42 seconds")]
    [InlineData("rate_limited", 300, "about 5 minutes")]
    [InlineData("unavailable", 1, "about 1 second.")]
    public async Task Wait_is_said_in_words(string code, int seconds, string words)
    {
        await using var workshop = await Workshop.OpenAsync();
        await Pretence.RefuseAsync(workshop.Page, 429, code, seconds);
        await workshop.ChooseAsync(TestPictures.Png(64, 48));
        await workshop.Page.Locator("[data-submit]").ClickAsync();
        await Assertions.Expect(workshop.Page.Locator("[data-form-trouble]")).ToContainTextAsync($"It should work in {words}");
    }

    [Fact]
    public async Task Expired_result_says_so_in_its_place()
    {
        await using var workshop = await Workshop.OpenAsync(prepare: async page =>
        {
            await page.RouteAsync("**/api/images/gone*", route => route.FulfillAsync(
                new() { Status = 410, ContentType = "application/problem+json", Body = """{"code":"image_expired"}""" }));
            await Pretence.StreamAsync(page, Pretence.Job("a", "running"), Pretence.Job("a", "succeeded", job => job["result"] = new JsonObject
            {
                ["image_id"] = "gone", ["url"] = "/api/images/gone", ["width"] = 64, ["height"] = 48, ["mime_type"] = "image/png", ["images"] = new JsonArray(),
                ["provider"] = "offline",
            }));
        });
        var card = workshop.Page.Locator(".card");
        await Assertions.Expect(card.Locator("[data-stage-box] [data-face=gone]")).ToContainTextAsync("has been removed since");
        await Assertions.Expect(card.Locator("[data-note]")).ToContainTextAsync("Placeholder made on this machine");
    }

    [Fact]
    public async Task Waiting_and_running_job_says_its_place_its_stage_and_its_usual_time()
    {
        await using var workshop = await Workshop.OpenAsync(prepare: page => Pretence.StreamAsync(page,
            Pretence.Job("waits", "queued", job => (job["queue_position"], job["expected_seconds"]) = (3, 75)),
            Pretence.Job("runs", "running", job => (job["stage"], job["progress"], job["attempt"]) = ("generating", 55, 2)),
            // Late, and behind what was told already.
            Pretence.Job("runs", "running", job => (job["stage"], job["progress"], job["attempt"]) = ("preparing", 5, 2))));
        var (waits, runs) = (workshop.Page.Locator("[data-job=waits]"), workshop.Page.Locator("[data-job=runs]"));
        await Assertions.Expect(waits.Locator("[data-stage]")).ToHaveTextAsync("Waiting its turn, number 3 in line");
        await Assertions.Expect(waits.Locator("[data-usual]")).ToHaveTextAsync("Usually takes about 75 seconds.");
        await Assertions.Expect(waits.Locator("[data-title]")).ToHaveTextAsync("Chalkboard");
        await Assertions.Expect(runs.Locator("[data-stage]")).ToHaveTextAsync("Painting (try 2 of 3)");
        await Assertions.Expect(runs.Locator("progress")).ToHaveAttributeAsync("value", "55");
    }

    [Fact]
    public async Task Job_that_a_stopping_worker_hands_back_waits_and_runs_again_or_ends()
    {
        // As if the attempt had not been: its number falls.
        await using var workshop = await Workshop.OpenAsync(prepare: page => Pretence.StreamAsync(page,
            [
                .. HandedBack("waits"),
                .. HandedBack("again"), Pretence.Job("again", "running", job => (job["progress"], job["attempt"]) = (5, 1)),
                .. HandedBack("ends"), Pretence.Job("ends", "cancelled", job => job["attempt"] = 0),
                // Of an attempt before the one that was handed back: late.
                Pretence.Job("late", "running", job => job["attempt"] = 2), Pretence.Job("late", "queued", job => job["attempt"] = 0),
            ]));
        ILocator Card(string id) => workshop.Page.Locator($"[data-job={id}]");
        await Assertions.Expect(Card("waits").Locator("[data-stage]")).ToHaveTextAsync("Waiting its turn");
        await Assertions.Expect(Card("again").Locator("progress")).ToHaveAttributeAsync("value", "5");
        await Assertions.Expect(Card("ends")).ToHaveAttributeAsync("data-status", "cancelled");
        await Assertions.Expect(Card("ends").Locator("[data-dismiss]")).ToBeVisibleAsync();
        await Assertions.Expect(Card("late").Locator("[data-stage]")).ToHaveTextAsync("At work (try 2 of 3)");
        Assert.Empty(workshop.Complaints);
    }

    [Fact]
    public async Task Answer_to_a_submit_that_the_stream_overtook_takes_nothing_back()
    {
        await using var workshop = await Workshop.OpenAsync(prepare: async page =>
        {
            await Pretence.StreamAsync(page, Pretence.Job("own", "running"));
            await page.RouteAsync("**/api/variations", route => route.FulfillAsync(new()
            {
                Status = 202, ContentType = "application/json", Body = Pretence.Job("own", "queued", job => job["attempt"] = 0).ToJsonString(),
            }));
        });
        await Assertions.Expect(workshop.Page.Locator("[data-job=own]")).ToHaveAttributeAsync("data-status", "running");
        await workshop.Page.EvaluateAsync("""
            () => {
              window.seen = [];
              const card = document.querySelector('[data-job=own]');
              new MutationObserver(() => window.seen.push(card.dataset.status)).observe(card, { attributeFilter: ['data-status'] });
            }
            """);
        await workshop.ChooseAsync(TestPictures.Png(64, 48));
        await workshop.Page.RunAndWaitForResponseAsync(() => workshop.Page.Locator("[data-submit]").ClickAsync(), "**/api/variations");
        await Assertions.Expect(workshop.Page.Locator("[data-submit]")).ToHaveTextAsync("Make a variation");
        Assert.DoesNotContain("queued", await workshop.Page.EvaluateAsync<string[]>("window.seen"));
    }

    private static JsonObject[] HandedBack(string id) =>
    [
        Pretence.Job(id, "running", job => (job["progress"], job["attempt"]) = (60, 1)), Pretence.Job(id, "queued", job => job["attempt"] = 0),
    ];
}
