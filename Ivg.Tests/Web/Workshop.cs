using System.Text.Json.Nodes;
using Ivg.Tests.Application;
using Ivg.Tests.Generation;
using Microsoft.Playwright;

namespace Ivg.Tests.Web;

/// <summary>The page in a browser profile of its own, with everything that its console and its network complained of.</summary>
internal sealed class Workshop : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly Complaints _complaints = new();

    private Workshop(IBrowserContext context, IPage page) => (_context, Page) = (context, page);

    public IPage Page { get; }

    public IReadOnlyCollection<string> Complaints => _complaints.Heard;

    /// <summary>Opens the page.</summary>
    /// <param name="address">Of an application other than the shared one.</param>
    /// <param name="prepare">Done before the page is there.</param>
    public static async Task<Workshop> OpenAsync(Uri? address = null, Func<IPage, Task>? prepare = null)
    {
        address ??= (await SharedApplication.GetAsync()).Address;
        var browser = await Browser.GetAsync();
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address.ToString(), ReducedMotion = ReducedMotion.Reduce, Permissions = ["clipboard-read", "clipboard-write"],
        });
        context.SetDefaultTimeout(60_000);
        var workshop = new Workshop(context, await context.NewPageAsync());
        if (prepare is not null) await prepare(workshop.Page);
        await workshop.OpenAsync(workshop.Page);
        return workshop;
    }

    /// <summary>The same person's second tab.</summary>
    public async Task<IPage> OpenTabAsync()
    {
        var page = await _context.NewPageAsync();
        await OpenAsync(page);
        return page;
    }

    /// <summary>Cuts every connection, and lets none come about, until told otherwise.</summary>
    public Task CutAsync(bool cut) => _context.SetOfflineAsync(cut);

    /// <summary>Sends a picture with a wish and gives the card that shows it.</summary>
    public async Task<ILocator> SubmitAsync(string prompt = "")
    {
        await ChooseAsync(TestPictures.Png(320, 240));
        await Page.Locator("textarea[name=prompt]").FillAsync(prompt);
        await Page.Locator("[data-submit]").ClickAsync();
        var card = Page.Locator("[data-cards] .card").First;
        await card.WaitForAsync();
        return card;
    }

    /// <summary>The session's jobs, as the API tells them past the page.</summary>
    public async Task<JsonArray> JobsAsync() => JsonNode.Parse(await (await _context.APIRequest.GetAsync("/api/jobs")).TextAsync())!["items"]!.AsArray();

    /// <summary>Cancels them past the page.</summary>
    public async Task CancelAllAsync()
    {
        foreach (var job in await JobsAsync()) await _context.APIRequest.PostAsync((string)job!["links"]!["cancel"]!);
    }

    private async Task OpenAsync(IPage page)
    {
        _complaints.ListenTo(page);
        await page.GotoAsync("/");
        await page.Locator("input[name=style_id]").First.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
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
