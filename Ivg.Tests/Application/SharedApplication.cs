namespace Ivg.Tests.Application;

/// <summary>One running application for all classes that do it no harm; they run in parallel, each with users of its own.</summary>
internal static class SharedApplication
{
    private static readonly Lazy<Task<IvgApplication>> Started = new(StartAsync);

    public static Task<IvgApplication> GetAsync() => Started.Value;

    private static async Task<IvgApplication> StartAsync()
    {
        // The breaker is out of reach, for one test's faults are not to be felt by the others.
        var app = await IvgApplication.StartAsync(
            ("MAX_QUEUED_PER_USER", "1000"), ("GEMINI_RETRY_DELAY", "0.01"), ("GEMINI_BREAKER_THROUGHPUT", "1000"),
            ("WEBHOOK_SECRET", GuardedApplication.WebhookSecret), ("WEBHOOK_ALLOW_HTTP", "true"), ("WEBHOOK_ALLOW_PRIVATE", "true"),
            ("WEBHOOK_BACKOFF_SECONDS", "0.05"));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => app.DisposeAsync().AsTask().Wait(TimeSpan.FromSeconds(10));
        return app;
    }
}
