using Ivg.Hosting.Dashboard.Console;
using Ivg.Hosting.Dashboard.Pages;
using Ivg.Hosting.Dashboard.Resources;
using Ivg.Hosting.Dashboard.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Ivg.Hosting.Dashboard;

/// <summary>The pages, which are one file and a script each, and what the scripts ask for.</summary>
internal static class DashboardEndpoints
{
    private static readonly string[] Pages = ["/", "/console", "/logs", "/traces", "/traces/{id}", "/metrics", "/find", "/pages/{name}"];

    private static readonly Dictionary<string, string> ContentTypes = new()
    {
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
    };

    public static void MapDashboard(this IEndpointRouteBuilder app)
    {
        app.MapGet("/login", Login);
        foreach (var page in Pages)
            app.MapGet(page, () => Asset("index.html", "text/html; charset=utf-8"));
        app.MapGet("/assets/{name}", FindAsset);
        app.MapResources();
        app.MapConsole();
        app.MapTelemetry();
        app.MapPages();
    }

    private static IResult Login(string? t, DashboardAddress address, Terminal terminal, HttpContext context)
    {
        if (address.Redeem(t) is not { } cookie)
            return TypedResults.Text("This link was used already, or is not of this run. The terminal shows the one that works.\n", statusCode: StatusCodes.Status401Unauthorized);

        context.Response.Cookies.Append(address.CookieName, cookie, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, IsEssential = true });
        terminal.WriteLine($"Dashboard opened. For another browser: {address.LoginUrl}");
        return TypedResults.LocalRedirect("/");
    }

    private static IResult FindAsset(string name)
        => ContentTypes.TryGetValue(Path.GetExtension(name), out var type) && typeof(DashboardEndpoints).Assembly.GetManifestResourceInfo(Resource(name)) is not null
            ? Asset(name, type)
            : TypedResults.NotFound();

    private static FileStreamHttpResult Asset(string name, string contentType)
        => TypedResults.Stream(typeof(DashboardEndpoints).Assembly.GetManifestResourceStream(Resource(name))!, contentType);

    private static string Resource(string name) => $"Ivg.Hosting.Dashboard.Assets.{name}";
}
