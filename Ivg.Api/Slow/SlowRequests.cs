using Microsoft.Extensions.Options;

namespace Ivg.Api.Slow;

/// <summary>Logs requests that took long, with what of it went where; streams, which are meant to last, are left out.</summary>
internal static partial class SlowRequests
{
    public static void AddSlowRequests(this IHostApplicationBuilder builder) =>
        builder.Services.AddOptions<SlowRequestOptions>().Bind(builder.Configuration).ValidateDataAnnotations().ValidateOnStart();

    /// <summary>Before everything but the request's id.</summary>
    public static void UseSlowRequests(this WebApplication app)
    {
        var threshold = TimeSpan.FromMilliseconds(app.Services.GetRequiredService<IOptions<SlowRequestOptions>>().Value.Threshold);
        if (threshold == TimeSpan.Zero) return;
        var (time, logger) = (app.Services.GetRequiredService<TimeProvider>(), app.Services.GetRequiredService<ILogger<RequestStages>>());
        app.Use(async (context, next) =>
        {
            var stages = new RequestStages(time);
            context.Features.Set(stages);
            context.Response.OnStarting(() =>
            {
                stages.End("answered");
                return Task.CompletedTask;
            });
            await next(context);
            if (stages.Elapsed < threshold || context.Response.ContentType == "text/event-stream") return;
            stages.End("sent");
            // The route, not the address: what a caller writes there is nothing for a log.
            LogSlow(logger, context.Request.Method, (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "-", context.Response.StatusCode, (long)stages.Elapsed.TotalMilliseconds, stages);
        });
    }

    /// <summary>Ends a stage of a request.</summary>
    public static void EndStage(this HttpContext context, string stage) => context.Features.Get<RequestStages>()?.End(stage);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Slow: {Method} {Route} {Status} took {Milliseconds} ms: {Stages}")]
    private static partial void LogSlow(ILogger logger, string method, string route, int status, long milliseconds, RequestStages stages);
}
