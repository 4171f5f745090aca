using System.Collections.Concurrent;
using Ivg.Tests.Application;
using Microsoft.Playwright;

namespace Ivg.Tests.Web;

/// <summary>The page in a browser profile of its own, with everything that its console and its network complained of.</summary>
internal sealed class Workshop : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = new();

    private Workshop(IBrowserContext context, IPage page) => (_context, Page) = (context, page);

    public IPage Page { get; }

    /// <summary>Console errors and warnings (a broken Content-Security-Policy is one), exceptions, and failed requests.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    public static async Task<Workshop> OpenAsync()
    {
        var app = await SharedApplication.GetAsync();
        var browser = await Browser.GetAsync();
        var context = await browser.NewContextAsync(new BrowserNewContextOptions { BaseURL = app.Address.ToString(), ReducedMotion = ReducedMotion.Reduce });
        context.SetDefaultTimeout(60_000);
        var workshop = new Workshop(context, await context.NewPageAsync());
        workshop.Page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") workshop._complaints.Enqueue(message.Text);
        };
        workshop.Page.PageError += (_, error) => workshop._complaints.Enqueue(error);
        await workshop.Page.GotoAsync("/");
        await workshop.Page.Locator("input[name=style_id]").First.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        return workshop;
    }

    public Task ChooseAsync(byte[] bytes, string name = "picture.png", string mimeType = "image/png") =>
        Page.Locator("#file").SetInputFilesAsync(new FilePayload { Name = name, MimeType = mimeType, Buffer = bytes });

    /// <summary>The newest card when its job is over.</summary>
    public async Task<ILocator> FinishedCardAsync(string status)
    {
        var card = Page.Locator("[data-cards] .card").First;
        await Page.Locator($"[data-cards] .card[data-status={status}]").First.WaitForAsync();
        return card;
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
