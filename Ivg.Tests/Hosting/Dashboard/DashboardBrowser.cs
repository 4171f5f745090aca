using Ivg.Tests.Web;
using Microsoft.Playwright;

namespace Ivg.Tests.Hosting.Dashboard;

/// <summary>A browser that has followed the dashboard's link.</summary>
internal static class DashboardBrowser
{
    public static async Task<IBrowserContext> OpenAsync(Uri login, ColorScheme colours = ColorScheme.Light, int width = 1280)
    {
        var browser = await Browser.GetAsync();
        Assertions.SetDefaultExpectTimeout((float)Shell.Patience.TotalMilliseconds);
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = new Uri(login, "/").ToString(),
            ColorScheme = colours,
            ViewportSize = new() { Width = width, Height = 800 },
            Locale = "en-US",
        });
        var page = await context.NewPageAsync();
        await page.GotoAsync(login.ToString());
        await page.CloseAsync();
        return context;
    }

    public static async Task AssertAccessibleAsync(IPage page)
    {
        var found = await Axe.FindAsync(page, violation => violation.Impact is "serious" or "critical");
        Assert.True(found.Count == 0, $"{page.Url}\n{string.Join('\n', found)}");
    }
}
