using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using Ivg.Core.Images;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ivg.Core.Generation.Gemini;

/// <summary>Gemini's image models ("Nano Banana") over REST.</summary>
internal sealed partial class NanoBananaProvider(
    IHttpClientFactory clients, IOptions<GeminiOptions> options, IOptions<ImageLimits> limits, ILogger<NanoBananaProvider> logger) : IImageProvider
{
    public const string ProviderName = "nano_banana";
    public const string KeyHeader = "x-goog-api-key";

    private readonly GeminiOptions _options = options.Value;

    public string Name => ProviderName;

    public int MaxImages => Math.Min(GeminiModel.Find(_options.Model).MaxImages, GeminiModel.Find(_options.ModelFast).MaxImages);

    public async Task<ProviderOutcome> GenerateAsync(ProviderRequest request, CancellationToken cancellationToken)
    {
        var model = request.Fast ? _options.ModelFast : _options.Model;
        var verdict = await AskAsync(model, request, cancellationToken);
        if (verdict.ModelAtFault && _options.ModelFallback.Length > 0 && _options.ModelFallback != model)
        {
            LogFallback(model, verdict.Reason, _options.ModelFallback);
            var second = await AskAsync(_options.ModelFallback, request, cancellationToken);
            // When neither answers, the caller learns about the model it is meant to use.
            if (second.Image is not null) (model, verdict) = (_options.ModelFallback, second);
        }
        return new ProviderOutcome
        {
            Image = verdict.Image,
            Preview = verdict.Preview,
            Sent = verdict.Sent,
            Asks = verdict.Asks,
            Failure = verdict.Failure,
            RetryAfter = verdict.RetryAfter,
            Model = model,
            ModelVersion = verdict.ModelVersion,
            ProviderRequestId = verdict.ResponseId,
            InputTokens = verdict.InputTokens,
            OutputTokens = verdict.OutputTokens,
        };
    }

    /// <summary>Asks one model, and again while the answer is one that another try may better. Tokens add up over the tries.</summary>
    private async Task<GeminiVerdict> AskAsync(string model, ProviderRequest request, CancellationToken cancellationToken)
    {
        int? input = null, output = null;
        for (var attempt = new GeminiTry(request.Asks); ;)
        {
            using var activity = GenerationTelemetry.Source.StartActivity($"generate_content {model}", ActivityKind.Internal);
            var sent = attempt.Apply(request);
            var verdict = await ExchangeAsync(model, sent, attempt, cancellationToken);
            if (verdict.InputTokens is { } more) input = (input ?? 0) + more;
            if (verdict.OutputTokens is { } moreOut) output = (output ?? 0) + moreOut;
            Observe(activity, model, attempt, verdict);
            if (verdict.Image is not null || attempt.Number >= verdict.LastTry)
                return verdict with { Sent = sent, Asks = attempt.Number + 1, InputTokens = input, OutputTokens = output };
            attempt = attempt.After(verdict);
        }
    }

    private async Task<GeminiVerdict> ExchangeAsync(string model, ProviderRequest request, GeminiTry attempt, CancellationToken cancellationToken)
    {
        var body = GeminiRequest.Build(request, GeminiModel.Find(model), attempt, _options.SendStore).ToJson();
        using var message = Message(model, body.Written, request.RequestId);
        try
        {
            using var client = clients.CreateClient(GeminiRegistration.ClientName);
            using var response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (GeminiCall.FaultOf(response) is { } fault) return GeminiFaults.Judge(fault);
            // The request went out to its end, so its memory is free; of one that was answered early or broken off nobody can be sure.
            body.Dispose();
            return GeminiAnswer.Read(((BufferedAnswer)response.Content).Bytes.Span, limits.Value.MaxPixels);
        }
        catch (Exception e) when (GeminiFaults.Judge(e) is not null)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return GeminiFaults.Judge(e)!;
        }
    }

    private HttpRequestMessage Message(string model, ReadOnlyMemory<byte> body, string? requestId)
    {
        // Bytes of known length: they can be sent again as they are when the pipeline retries.
        var content = new ReadOnlyMemoryContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var message = new HttpRequestMessage(HttpMethod.Post, _options.Endpoint(model)) { Content = content };
        message.Options.Set(GeminiCall.Model, model);
        message.Headers.Add(KeyHeader, _options.ApiKey);
        // Google stops a little before we do, instead of drawing what nobody waits for.
        message.Headers.Add("X-Server-Timeout", Math.Max(1, Math.Floor(_options.AttemptTimeout - 2)).ToString(CultureInfo.InvariantCulture));
        if (requestId is not null) message.Headers.TryAddWithoutValidation("X-Request-Id", requestId);
        return message;
    }

    private void Observe(Activity? activity, string model, GeminiTry attempt, GeminiVerdict verdict)
    {
        var outcome = verdict.Failure?.Code ?? "ok";
        GenerationTelemetry.Count(Name, model, outcome, verdict.InputTokens, verdict.OutputTokens);
        activity?.SetTag("gen_ai.operation.name", "generate_content").SetTag("gen_ai.provider.name", "gcp.gemini")
            .SetTag("gen_ai.request.model", model).SetTag("gen_ai.response.model", verdict.ModelVersion)
            .SetTag("gen_ai.usage.input_tokens", verdict.InputTokens).SetTag("gen_ai.usage.output_tokens", verdict.OutputTokens)
            .SetTag("ivg.provider.outcome", outcome).SetTag("ivg.provider.try", attempt.Number);
        if (verdict.Failure is not null)
        {
            activity?.SetStatus(ActivityStatusCode.Error, outcome);
            LogFailure(model, attempt.Number, outcome, verdict.Reason, verdict.ResponseId);
        }
        else if (verdict.Reason is not ("STOP" or ""))
            LogOddFinish(model, verdict.Reason, verdict.ResponseId);
        if (verdict.ModelVersion is { } version && version != model) LogOtherModel(model, version);
    }

    [LoggerMessage(LogLevel.Warning, "Model {Model}, try {Try}: {Code}, {Reason}, response {ResponseId}")]
    private partial void LogFailure(string model, int @try, string code, string reason, string? responseId);

    [LoggerMessage(LogLevel.Information, "Model {Model} sent a picture and finished with {Reason}, response {ResponseId}")]
    private partial void LogOddFinish(string model, string reason, string? responseId);

    [LoggerMessage(LogLevel.Warning, "Model {Model} was asked and {Version} answered: it may be about to be retired")]
    private partial void LogOtherModel(string model, string version);

    [LoggerMessage(LogLevel.Warning, "Model {Model} cannot answer ({Reason}); asking {Fallback}")]
    private partial void LogFallback(string model, string reason, string fallback);
}
