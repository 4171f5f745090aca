using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ivg.ServiceDefaults.Correlation;

/// <summary>Takes or makes the request id, echoes it on every answer and puts it on scopes, spans and baggage.</summary>
internal sealed partial class RequestIdMiddleware(RequestDelegate next, ILogger<RequestIdMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var given = context.Request.Headers[CorrelationNames.Header].ToString();
        var requestId = Valid().IsMatch(given) ? given : Guid.CreateVersion7().ToString("N");
        context.TraceIdentifier = requestId;
        context.Response.OnStarting(() =>
        {
            context.Response.Headers[CorrelationNames.Header] = requestId;
            return Task.CompletedTask;
        });
        var scope = new RequestScope();
        scope.Add(CorrelationNames.RequestId, requestId);
        context.Features.Set(scope);
        using (logger.BeginScope(scope)) await next(context);
    }

    [GeneratedRegex("^[A-Za-z0-9._:-]{1,128}\\z")]
    private static partial Regex Valid();
}
