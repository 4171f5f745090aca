using Ivg.Hosting.Telemetry.Otlp;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Ivg.Hosting.Dashboard;

/// <summary>Lets in whoever has the cookie, or for telemetry the key, on this machine's own names, and tells browsers to trust nothing else.</summary>
internal static class DashboardSecurity
{
    /// <summary>Another site's page cannot send it without asking first, and asking gets no answer.</summary>
    private const string CommandHeader = "X-Dashboard";
    private static readonly string[] Hosts = ["localhost", "127.0.0.1", "[::1]"];

    public static async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        var (request, headers) = (context.Request, context.Response.Headers);
        headers.ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";

        // A name that somebody else's DNS points at us is not ours.
        if (!Hosts.Contains(request.Host.Host, StringComparer.OrdinalIgnoreCase))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var refusal = OtlpEndpoints.IsExport(request) ? RefuseExport(context) : RefusePage(context);
        if (refusal is not null)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            await context.Response.WriteAsync(refusal, context.RequestAborted);
            return;
        }

        await next(context);
    }

    private static string? RefuseExport(HttpContext context)
        => context.RequestServices.GetRequiredService<OtlpAccess>().Admits(context.Request) ? null : $"Send the key in {OtlpAccess.Header}.\n";

    private static string? RefusePage(HttpContext context)
    {
        var (request, address) = (context.Request, context.RequestServices.GetRequiredService<DashboardAddress>());
        var admitted = request.Path == "/login" || address.Admits(request.Cookies[address.CookieName]);
        var changes = !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method);
        return admitted && (!changes || request.Headers.ContainsKey(CommandHeader))
            ? null
            : "Open the dashboard by the link in the terminal. It works once; after each use the terminal shows the next.\n";
    }
}
