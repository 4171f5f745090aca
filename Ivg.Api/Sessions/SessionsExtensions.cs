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
    }

    /// <summary>Everything but liveness, readiness and static files belongs to somebody.</summary>
    public static void UseCallers(this WebApplication app) =>
        app.UseWhen(context => IsOwned(context.Request.Path), branch => branch.UseMiddleware<CallerMiddleware>());

    private static bool IsOwned(PathString path) =>
        path == "/" || (path.StartsWithSegments("/api", StringComparison.Ordinal) && path != "/api/health" && path != "/api/ready");
}
