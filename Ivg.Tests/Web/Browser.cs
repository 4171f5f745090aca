using Microsoft.Playwright;

namespace Ivg.Tests.Web;

/// <summary>One Chromium of this machine for all tests of the page.</summary>
internal static class Browser
{
    private const string Path = "/usr/bin/chromium";

    private static readonly Lazy<Task<IBrowser>> Started = new(StartAsync);

    public static Task<IBrowser> GetAsync() => Started.Value;

    private static async Task<IBrowser> StartAsync()
    {
        Assert.True(File.Exists(Path), $"There is no {Path}. Type: apt-get install -y chromium");
        // Patience costs nothing where all goes well.
        Assertions.SetDefaultExpectTimeout(60_000);
        var playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Path,
            Headless = true,
            Args = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
        });
    }
}
