using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Ivg.Tests.Web;

/// <summary>Console errors and warnings of pages (a broken Content-Security-Policy and a failed request are such), and exceptions.</summary>
internal sealed class Complaints
{
    private readonly ConcurrentQueue<string> _heard = new();

    public IReadOnlyCollection<string> Heard => _heard;

    public void ListenTo(IPage page)
    {
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") _heard.Enqueue(message.Text);
        };
        page.PageError += (_, error) => _heard.Enqueue(error);
    }
}
