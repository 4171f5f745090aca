using Ivg.Api.Pages;
using Microsoft.Extensions.Options;

namespace Ivg.Api.Sessions;

internal static class SessionsExtensions
{
    public static void AddSessions(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<SessionOptions>().Bind(builder.Configuration).ValidateOnStart();
        builder.Services.AddSingleton<AppSecrets>();
        builder.Services.AddSingleton<IPostConfigureOptions<SessionOptions>>(provider => provider.GetRequiredService<AppSecrets>());
        builder.Services.AddSingleton<IValidateOptions<SessionOptions>>(provider => provider.GetRequiredService<AppSecrets>());
        builder.Services.AddSingleton<SessionCookie>();
        builder.Services.AddSingleton<FormTokens>();
    }

    /// <summary>Everything but liveness, readiness and static files belongs to somebody.</summary>
    public static void UseCallers(this WebApplication app) =>
        app.UseWhen(IsOwned, branch => branch.UseMiddleware<CallerMiddleware>());

    private static bool IsOwned(HttpContext context) => WebPageMarker.IsPage(context) || IsOwned(context.Request.Path);

    // Routing does not look at case, so neither does this: a path in capitals would reach its endpoint with no caller.
    private static bool IsOwned(PathString path) =>
        path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) && !path.Equals("/api/health", StringComparison.OrdinalIgnoreCase)
            && !path.Equals("/api/ready", StringComparison.OrdinalIgnoreCase);
}
