using Dapper;
using Ivg.Core.History;
using Ivg.Tests.Application;
using Microsoft.Playwright;

namespace Ivg.Tests.Web;

/// <summary>Finding things again.</summary>
public sealed class HistoryPageTests
{
    [Fact]
    public async Task Pages_ByScrollingAndByLinks_GiveEachRowOnceAndEachDayOneHeading()
    {
        using var user = await UserWithRowsAsync(100);
        await using var visit = await Visit.OpenAsync("/history", userId: user.UserId);
        var rows = visit.Page.Locator("[data-past]");
        await Until.TrueAsync(async () =>
        {
            await visit.Page.Mouse.WheelAsync(0, 5000);
            return await rows.CountAsync() == 100;
        }, IvgClient.Patience, "all rows");
        var seen = await visit.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('[data-past]')].map(row => row.dataset.row)");
        var days = await visit.Page.Locator("[data-days] h3").AllTextContentsAsync();
        Assert.Equal(0, await visit.Page.Locator("[data-older]").CountAsync());

        await using var plain = await Visit.OpenAsync("/history", script: false, userId: user.UserId);
        var linked = new List<string>();
        while (true)
        {
            linked.AddRange(await plain.Page.Locator("[data-past]").EvaluateAllAsync<string[]>("rows => rows.map(row => row.dataset.row)"));
            if (await plain.Page.Locator("[data-older]").CountAsync() == 0) break;
            await plain.Page.Locator("[data-older]").ClickAsync();
        }
        Assert.Equal(100, seen.Distinct().Count());
        Assert.Equal(linked, seen);
        Assert.Equal(days.Count, days.Distinct().Count());
        Assert.Equal(["Today", "Yesterday"], days.Take(2));
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Days_FarFromTheServersClock_AreTheReadersOwn()
    {
        using var user = await UserWithRowsAsync(30);
        await using var visit = await Visit.OpenAsync("/history", userId: user.UserId, timeZone: "Pacific/Kiritimati");
        await Until.TrueAsync(async () => await visit.Page.EvaluateAsync<bool>("""
            [...document.querySelectorAll('[data-past]')].length >= 24 && [...document.querySelectorAll('[data-past]')].every(row =>
              row.querySelector('time').textContent === new Date(row.querySelector('time').dateTime).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' }))
            """), IvgClient.Patience, "local times");
        var days = await visit.Page.Locator("[data-days] h3").AllTextContentsAsync();
        Assert.Equal(days.Count, days.Distinct().Count());
    }

    [Theory]
    [InlineData("kind=background_removal", 10)]
    [InlineData("style=chalkboard", 10)]
    [InlineData("q=FOX", 10)]
    [InlineData("q=100%25_off", 1)]
    [InlineData("q=%25", 1)]
    [InlineData("q=%5C", 0)]
    [InlineData("kind=variation&style=chalkboard&q=fox", 10)]
    [InlineData("kind=&style=&q=", 21)]
    public async Task Filters_InTheAddress_LetThroughWhatTheySay(string query, int expected)
    {
        using var user = await UserWithRowsAsync(20);
        await InsertAsync(user, 1, "100%_off", "background_removal", default, TimeProvider.System.GetUtcNow());
        await using var visit = await Visit.OpenAsync($"/history?{query}", script: false, userId: user.UserId);
        // The one that was put in beside them is a cutout too.
        if (query.StartsWith("kind=b", StringComparison.Ordinal)) expected++;
        Assert.Equal(expected, await visit.Page.Locator("[data-past]").CountAsync());
        // The API finds the same.
        Assert.Equal(expected, (await user.GetJsonAsync($"/api/history?limit=100&{query.Replace("style=", "style_id=", StringComparison.Ordinal)}"))["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task Filter_ThatIsNone_IsRefused()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        foreach (var query in new[] { "kind=painting", "style_id=No%20Style", $"q={new string('x', 201)}", "q=%00" })
        {
            using var answer = await user.Http.GetAsync($"/api/history?{query}");
            await IvgClient.AssertProblemAsync(answer, 400, "invalid_request");
        }
    }

    [Fact]
    public async Task Search_ThroughMoreRowsThanOneRequestReads_GoesOnFromPageToPage()
    {
        using var user = (await SharedApplication.GetAsync()).NewUser();
        var now = TimeProvider.System.GetUtcNow();
        await InsertAsync(user, 1, "the needle", "variation", default, now - TimeSpan.FromDays(1));
        await InsertAsync(user, HistoryStore.MostSearched + 10, "hay", "variation", TimeSpan.FromMilliseconds(2), now);
        var first = await user.GetJsonAsync("/api/history?q=needle");
        Assert.Empty(first["items"]!.AsArray());
        var second = await user.GetJsonAsync($"/api/history?q=needle&cursor={first["next_cursor"]}");
        Assert.Single(second["items"]!.AsArray());
        Assert.Null(second["next_cursor"]);

        await using var visit = await Visit.OpenAsync("/history?q=needle", userId: user.UserId);
        await visit.Page.Locator("[data-past]").WaitForAsync();
    }

    [Fact]
    public async Task Row_WithoutItsPictures_OpensThePageThatSaysSo()
    {
        using var user = await UserWithRowsAsync(1);
        await using var visit = await Visit.OpenAsync("/history", userId: user.UserId);
        await visit.Page.Locator(".past").ClickAsync();
        await Assertions.Expect(visit.Page.Locator("main [data-code=image_expired]")).ToBeVisibleAsync();
    }

    private static async Task<IvgClient> UserWithRowsAsync(int rows)
    {
        var app = await SharedApplication.GetAsync();
        var user = app.NewUser();
        await InsertAsync(user, rows, null, null, TimeSpan.FromHours(7), TimeProvider.System.GetUtcNow());
        return user;
    }

    // Unless told otherwise, every other row is a variation in chalk with a fox, and the rest are cutouts.
    private static async Task InsertAsync(IvgClient user, int rows, string? prompt, string? kind, TimeSpan step, DateTimeOffset last)
    {
        var app = await SharedApplication.GetAsync();
        var times = Enumerable.Range(0, rows).Select(n => last - step * (rows - 1 - n)).ToArray();
        await using var connection = await app.Database.OpenConnectionAsync();
        await connection.ExecuteAsync("""
            insert into generation_history (history_id, session_id, job_id, kind, style_id, style_name, prompt, settings, image_ids, created_at)
            select id, @SessionId, gen_random_uuid(), coalesce(@kind, case when n % 2 = 1 then 'variation' else 'background_removal' end),
              case when n % 2 = 1 and @kind is null then 'chalkboard' end, case when n % 2 = 1 and @kind is null then 'Chalkboard' end,
              coalesce(@prompt, case when n % 2 = 1 then 'a Fox in the snow' end), '{}', '{}', at
            from unnest(@ids, @times) with ordinality as r (id, at, n)
            """, new { user.SessionId, kind, prompt, ids = times.Select(Guid.CreateVersion7).ToArray(), times });
    }
}
