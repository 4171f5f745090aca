using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Ivg.Hosting.Dashboard.Console;

/// <summary>Consoles, live and as a file; of one resource, or of all without one.</summary>
internal static class ConsoleEndpoints
{
    public static void MapConsole(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/console/stream", (string? resource, ResourceLoggerService consoles, CancellationToken cancellationToken)
            => TypedResults.ServerSentEvents(WatchAsync(consoles, Chosen(resource), cancellationToken), "lines"));
        app.MapGet("/api/console/download", Download);
    }

    private static FileContentHttpResult Download(string? resource, ResourceLoggerService consoles)
    {
        var text = new StringBuilder();
        foreach (var line in consoles.Kept(Chosen(resource)))
            text.Append(CultureInfo.InvariantCulture, $"{line.Time:O} {line.Resource} {line.Line.Content}\n");
        return TypedResults.File(Encoding.UTF8.GetBytes(text.ToString()), "text/plain; charset=utf-8", $"{Chosen(resource) ?? "console"}.log");
    }

    private static async IAsyncEnumerable<IReadOnlyList<ConsoleRow>> WatchAsync(
        ResourceLoggerService consoles, string? resource, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var lines in consoles.WatchLinesAsync(resource, cancellationToken))
            yield return [.. lines.Select(ConsoleRow.From)];
    }

    private static string? Chosen(string? resource) => string.IsNullOrEmpty(resource) ? null : resource;
}
