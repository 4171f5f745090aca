using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Ivg.Api.Limits;

internal static class LimitsExtensions
{
    // Slower than any telephone that still sends; a pause of ten seconds is forgiven.
    private const int BytesPerSecond = 1024;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    public static void AddLimits(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<LimitOptions>().Bind(builder.Configuration).ValidateDataAnnotations().ValidateOnStart();
        services.AddRateLimiter(_ => { });
        services.AddSingleton<RateLimits>();
        services.AddSingleton<IConfigureOptions<RateLimiterOptions>>(provider => provider.GetRequiredService<RateLimits>());
        services.AddSingleton<UploadMemory>();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestLineSize = 8 * 1024;
            kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
            kestrel.Limits.MaxRequestHeaderCount = 100;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(BytesPerSecond, Window);
            // The server's own 240 bytes let a client hold what it is sent for a day; the slowest mobile networks carry this much.
            kestrel.Limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 4096, gracePeriod: TimeSpan.FromSeconds(10));
        });
    }

    /// <summary>After the caller is known and before anything of the body is read.</summary>
    public static void UseLimits(this WebApplication app)
    {
        app.Use(app.Services.GetRequiredService<RateLimits>().TellAsync);
        app.UseRateLimiter();
        var time = app.Services.GetRequiredService<TimeProvider>();
        app.Use((context, next) =>
        {
            if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true }) return next(context);
            var paced = new PacedBody(context.Request.Body, BytesPerSecond * (int)Window.TotalSeconds, Window, time);
            context.Response.RegisterForDispose(paced);
            context.Request.Body = paced;
            return next(context);
        });
    }

    /// <summary>Counts an endpoint's calls as submits and bounds the memory of their uploads.</summary>
    public static RouteHandlerBuilder TakesUploads(this RouteHandlerBuilder endpoint, int pictures = 1) =>
        endpoint.WithMetadata(new SubmitMarker(pictures)).AddEndpointFilter((context, next) =>
            context.HttpContext.RequestServices.GetRequiredService<UploadMemory>().InvokeAsync(context, next));
}
