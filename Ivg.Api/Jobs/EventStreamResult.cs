using System.Net.ServerSentEvents;
using Microsoft.AspNetCore.Http.Features;

namespace Ivg.Api.Jobs;

/// <summary>Server-sent events that begin with their retry time and end quietly when the reader or the server goes.</summary>
internal sealed class EventStreamResult(IAsyncEnumerable<SseItem<string>> events) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "text/event-stream";
        httpContext.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
        try
        {
            // At once, before the first event: a proxy passes headers on with the first bytes.
            await response.Body.WriteAsync("retry: 2000\n\n"u8.ToArray(), httpContext.RequestAborted);
            await response.Body.FlushAsync(httpContext.RequestAborted);
            await SseFormatter.WriteAsync(events, response.Body, httpContext.RequestAborted);
        }
        catch (OperationCanceledException)
        {
        }
    }
}
