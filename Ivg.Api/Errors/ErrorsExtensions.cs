using Microsoft.AspNetCore.Diagnostics;

namespace Ivg.Api.Errors;

internal static class ErrorsExtensions
{
    public static void AddProblems(this IHostApplicationBuilder builder) =>
        builder.Services.AddSingleton<ApiExceptionHandler>().AddSingleton<IExceptionHandler>(services => services.GetRequiredService<ApiExceptionHandler>());

    /// <summary>Problems for exceptions, and for answers under <c>/api</c> that would otherwise have no body.</summary>
    public static void UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            // The handler answers everything; this is asked only when the client is gone.
            ExceptionHandler = _ => Task.CompletedTask,
            SuppressDiagnosticsCallback = _ => true,
        });
        app.UseStatusCodePages(async pages =>
        {
            var context = pages.HttpContext;
            if (context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)) await Problems.WriteAsync(context, Describe(context.Response.StatusCode));
        });
    }

    private static ApiException Describe(int status) => status switch
    {
        404 => new(404, "not_found", "There is nothing at this address. The API is described at /docs."),
        405 => new(405, "invalid_request", "This address does not take that method. The API is described at /docs."),
        412 => new(412, "invalid_request", "The picture is not the one that If-Match names."),
        415 => new(415, "invalid_request", "Send multipart/form-data or application/json."),
        416 => new(416, "invalid_request", "The picture has no such part; Content-Range says how many bytes it has."),
        _ => new(status, status >= 500 ? "internal" : "invalid_request", "The request could not be answered."),
    };
}
