using Ivg.Tests.Application;
using Microsoft.Playwright;

namespace Ivg.Tests.Web;

/// <summary>A browser profile of its own that looks at the service's pages, with or without script, as a browser's or a user's session.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly Complaints _complaints = new();

    private Visit(IBrowserContext context, IPage page) => (_context, Page) = (context, page);

    public IPage Page { get; }

    public IReadOnlyCollection<string> Complaints => _complaints.Heard;

    public static async Task<Visit> OpenAsync(string path, bool script = true, string? userId = null, string? timeZone = null, int width = 1280)
    {
        var app = await SharedApplication.GetAsync();
        var browser = await Browser.GetAsync();
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = app.Address.ToString(),
            JavaScriptEnabled = script,
            ReducedMotion = ReducedMotion.Reduce,
            TimezoneId = timeZone ?? "UTC",
            ViewportSize = new ViewportSize { Width = width, Height = 800 },
            ExtraHTTPHeaders = userId is null ? null : new Dictionary<string, string> { ["X-User-Id"] = userId },
        });
        context.SetDefaultTimeout(60_000);
        var visit = new Visit(context, await context.NewPageAsync());
        visit._complaints.ListenTo(visit.Page);
        await visit.Page.GotoAsync(path);
        return visit;
    }

    /// <summary>The same session over HTTP.</summary>
    public async Task<IvgClient> ClientAsync()
    {
        var client = new IvgClient((await SharedApplication.GetAsync()).Address, null);
        var cookie = Assert.Single(await _context.CookiesAsync());
        client.Http.DefaultRequestHeaders.Add("Cookie", $"{cookie.Name}={cookie.Value}");
        return client;
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
