using Microsoft.Extensions.Primitives;

namespace Ivg.Api.Contract;

/// <summary>What every answer of the API tells a browser: it is data, whoever opens it as a page.</summary>
internal static class SecurityHeaders
{
    private static readonly StringValues Policy = "default-src 'none'; frame-ancestors 'none'; sandbox";

    public static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        if (context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            // When the answer starts, for an error's handler clears what was set before.
            context.Response.OnStarting(() =>
            {
                var headers = context.Response.Headers;
                headers.ContentSecurityPolicy = Policy;
                headers.XContentTypeOptions = "nosniff";
                headers["Referrer-Policy"] = "no-referrer";
                return Task.CompletedTask;
            });
        }
        return next(context);
    });
}
