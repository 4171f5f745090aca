using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Ivg.Tests.Web;

/// <summary>What axe finds on a page, each as a line.</summary>
internal static class Axe
{
    public static async Task<IReadOnlyList<string>> FindAsync(IPage page, Func<AxeResultItem, bool>? counts = null) =>
        [.. (await page.RunAxe()).Violations.Where(counts ?? (_ => true)).Select(one =>
            $"{one.Impact} {one.Id}: {one.Help} ({string.Join("; ", one.Nodes.Select(node => node.Html))})")];
}
