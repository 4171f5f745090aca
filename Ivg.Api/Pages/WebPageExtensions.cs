using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Primitives;

namespace Ivg.Api.Pages;

/// <summary>The web page: what it needs, where it answers, and the headers it goes out with.</summary>
internal static class WebPageExtensions
{
    // 'self' everywhere and nothing inline; blob: and data: only for previews of pictures that were not sent yet.
    private static readonly StringValues ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; "
        + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    public static IHostApplicationBuilder AddWebPage(this IHostApplicationBuilder builder)
    {
        // The framework's own tokens would need a cookie more; FormTokens are checked where a form is taken.
        builder.Services.AddRazorPages(pages => pages.Conventions.ConfigureFilter(new IgnoreAntiforgeryTokenAttribute()));
        builder.Services.AddSingleton<PageFiles>();

        // In Development, static assets otherwise take every GET that no endpoint wants, and a wrong method is 404 in place of 405.
        builder.Configuration["DisableStaticAssetNotFoundRuntimeFallback"] = "true";

        // Started from its build output, outside Development too, the application finds wwwroot through the build's manifest.
        if (builder.Environment is IWebHostEnvironment environment)
            StaticWebAssetsLoader.UseStaticWebAssets(environment, builder.Configuration);

        return builder;
    }

    /// <summary>Before routing, for files' addresses are rewritten and pages of errors are found by theirs.</summary>
    public static WebApplication UseWebPage(this WebApplication app)
    {
        app.Use(app.Services.GetRequiredService<PageFiles>().ServeAsync);
        app.UseMiddleware<PageErrors>();
        return app;
    }

    public static WebApplication MapWebPage(this WebApplication app)
    {
        app.Use(AddHeaders);
        app.MapStaticAssets().WithMetadata(WebPageMarker.File);
        app.MapRazorPages().WithMetadata(WebPageMarker.Page);
        app.MapMake();
        return app;
    }

    private static Task AddHeaders(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<WebPageMarker>() is { } marker)
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = ContentSecurityPolicy;
            headers["Referrer-Policy"] = "same-origin";
            // What somebody made, and tokens of theirs.
            if (marker == WebPageMarker.Page) headers.CacheControl = "no-store";
        }

        return next(context);
    }
}
