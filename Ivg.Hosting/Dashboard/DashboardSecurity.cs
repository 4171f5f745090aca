using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Ivg.Hosting.Dashboard;

/// <summary>Lets in whoever has the cookie, on this machine's own names, and tells browsers to trust nothing else.</summary>
internal static class DashboardSecurity
{
    /// <summary>Another site's page cannot send it without asking first, and asking gets no answer.</summary>
    private const string CommandHeader = "X-Dashboard";
    private static readonly string[] Hosts = ["localhost", "127.0.0.1", "[::1]"];

    public static async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";

        // A name that somebody else's DNS points at us is not ours.
        if (!Hosts.Contains(context.Request.Host.Host, StringComparer.OrdinalIgnoreCase))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var address = context.RequestServices.GetRequiredService<DashboardAddress>();
        var admitted = context.Request.Path == "/login" || address.Admits(context.Request.Cookies[address.CookieName]);
        if (!admitted || (HttpMethods.IsPost(context.Request.Method) && !context.Request.Headers.ContainsKey(CommandHeader)))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            await context.Response.WriteAsync("Open the dashboard by the link in the terminal. It works once; after each use the terminal shows the next.\n", context.RequestAborted);
            return;
        }

        await next(context);
    }
}
