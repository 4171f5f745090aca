using System.Net.ServerSentEvents;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Npgsql;

namespace Ivg.Api.Jobs;

/// <summary>Server-sent events that begin with their retry time and end quietly when the reader, the server or the database goes.</summary>
/// <param name="events">The events.</param>
/// <param name="openingId">The id that a reader gets before any event; null for none.</param>
internal sealed class EventStreamResult(IAsyncEnumerable<SseItem<string>> events, long? openingId = null) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "text/event-stream";
        httpContext.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
        try
        {
            // At once, before the first event: a proxy passes headers on with the first bytes.
            var opening = openingId is { } id ? $"retry: 2000\nid: {id}\n\n" : "retry: 2000\n\n";
            await response.Body.WriteAsync(Encoding.ASCII.GetBytes(opening), httpContext.RequestAborted);
            await response.Body.FlushAsync(httpContext.RequestAborted);
            await SseFormatter.WriteAsync(events, response.Body, httpContext.RequestAborted);
        }
        catch (Exception e) when (e is OperationCanceledException or NpgsqlException or TimeoutException)
        {
            // Whoever wants more comes back with the last id.
        }
    }
}
