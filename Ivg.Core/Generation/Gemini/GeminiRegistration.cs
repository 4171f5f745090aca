using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Timeout;

namespace Ivg.Core.Generation.Gemini;

/// <summary>Registers <c>nano_banana</c> with an HTTP pipeline of its own.</summary>
internal static class GeminiRegistration
{
    /// <summary>Name of the HTTP client.</summary>
    public const string ClientName = "gemini";

    // Timers count whole milliseconds, so one may be early; asked a moment before its window ends, the service refuses again, and tries are few.
    private static readonly TimeSpan TimerSlack = TimeSpan.FromMilliseconds(20);

    public static void AddGemini(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<GeminiOptions>()
            .Bind(builder.Configuration)
            .PostConfigure(options => options.Normalise(builder.Configuration["GOOGLE_GEMINI_BASE_URL"]))
            .ValidateDataAnnotations()
            .Validate(options => options.TotalTimeout >= options.AttemptTimeout, "GEMINI_TOTAL_TIMEOUT must be at least GEMINI_ATTEMPT_TIMEOUT.")
            .ValidateOnStart();
        builder.Services.AddSingleton<IImageProvider, NanoBananaProvider>();
        builder.Services.AddTransient<GeminiExchangeHandler>();

        var client = builder.Services.AddHttpClient(ClientName)
            .RedactLoggedHeaders([NanoBananaProvider.KeyHeader])
            .ConfigurePrimaryHttpMessageHandler(ProviderSockets.Create);
#pragma warning disable EXTEXP0001 // Still experimental, and the only way to take the hosts' default pipeline (30 s in all) off this client.
        client.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
        client.AddStandardResilienceHandler()
            .Configure((pipeline, services) => Shape(pipeline, services.GetRequiredService<IOptions<GeminiOptions>>().Value))
            // The keys are the configured model ids. The selector is also tried on a made-up request, which has none.
            .SelectPipelineBy(_ => request => request.Options.TryGetValue(GeminiCall.Model, out var model) ? model : "none");
        client.AddHttpMessageHandler<GeminiExchangeHandler>();
    }

    private static void Shape(HttpStandardResilienceOptions pipeline, GeminiOptions options)
    {
        var attempt = TimeSpan.FromSeconds(options.AttemptTimeout);
        pipeline.AttemptTimeout.Timeout = attempt;
        pipeline.TotalRequestTimeout.Timeout = TimeSpan.FromSeconds(options.TotalTimeout);

        pipeline.Retry.MaxRetryAttempts = options.Retries;
        pipeline.Retry.Delay = TimeSpan.FromSeconds(options.RetryDelay);
        pipeline.Retry.BackoffType = DelayBackoffType.Exponential;
        pipeline.Retry.UseJitter = true;
        pipeline.Retry.ShouldRetryAfterHeader = false;
        // The body's own figure, to the fraction of a second; null falls back on the delay above.
        pipeline.Retry.DelayGenerator = arguments => ValueTask.FromResult(GeminiCall.FaultOf(arguments.Outcome.Result)?.RetryAfter + TimerSlack);
        pipeline.Retry.ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome switch
        {
            { Exception: TimeoutRejectedException } => arguments.AttemptNumber < 1,
            { Exception: HttpRequestException { HttpRequestError: not HttpRequestError.ConfigurationLimitExceeded } } => true,
            { Result: { } response } => GeminiCall.FaultOf(response) is { IsTransient: true } fault
                && (fault.StatusCode is not (408 or 504) || arguments.AttemptNumber < 1)
                && !(fault.RetryAfter > TimeSpan.FromSeconds(options.RetryAfterMax)),
            _ => false,
        });

        pipeline.CircuitBreaker.FailureRatio = 0.5;
        pipeline.CircuitBreaker.MinimumThroughput = options.BreakerThroughput;
        pipeline.CircuitBreaker.SamplingDuration = attempt * 2 > TimeSpan.FromSeconds(60) ? attempt * 2 : TimeSpan.FromSeconds(60);
        pipeline.CircuitBreaker.BreakDuration = TimeSpan.FromSeconds(options.BreakerBreak);
        pipeline.CircuitBreaker.ShouldHandle = arguments =>
            ValueTask.FromResult(GeminiFaults.IsIllHealth(arguments.Outcome.Result, arguments.Outcome.Exception));
    }
}
