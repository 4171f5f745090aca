using Deque.AxeCore.Playwright;
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
        var found = await page.RunAxe();
        Assert.True(
            !found.Violations.Any(violation => violation.Impact is "serious" or "critical"),
            $"{page.Url}\n" + string.Join("\n", found.Violations.Select(violation =>
                $"{violation.Impact} {violation.Id}: {violation.Help}\n{string.Join("\n", violation.Nodes.Select(node => $"  {node.Html}"))}")));
    }
}
