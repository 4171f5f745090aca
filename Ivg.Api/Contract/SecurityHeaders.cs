using Microsoft.Extensions.Primitives;

namespace Ivg.Api.Contract;

/// <summary>What every answer tells a browser. Pages say more of themselves; all else is data, whoever opens it as a page.</summary>
internal static class SecurityHeaders
{
    private static readonly StringValues Policy = "default-src 'none'; frame-ancestors 'none'; sandbox";

    public static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        // When the answer starts, for an error's handler clears what was set before.
        context.Response.OnStarting(static state =>
        {
            var headers = ((HttpContext)state).Response.Headers;
            if (headers.ContentSecurityPolicy.Count == 0) headers.ContentSecurityPolicy = Policy;
            if (!headers.ContainsKey("Referrer-Policy")) headers["Referrer-Policy"] = "no-referrer";
            headers.XContentTypeOptions = "nosniff";
            return Task.CompletedTask;
        }, context);
        return next(context);
    });
}
