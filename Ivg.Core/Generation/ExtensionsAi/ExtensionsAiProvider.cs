#pragma warning disable MEAI001 // IImageGenerator and what belongs to it are still marked experimental.
using System.Diagnostics;
using Ivg.Core.Images;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Ivg.Core.Generation.ExtensionsAi;

/// <summary>
/// Any generator of Microsoft.Extensions.AI as a provider: the source is its first original image, the style reference the second where
/// it takes two. It has no roles, so these are in the prompt's words; no seed, so siblings differ by chance; and no finish reason, so what
/// went wrong is known from <paramref name="judge"/> alone. Nothing is retried here: what may pass is left to the job's own retry.
/// </summary>
/// <param name="traits">What the generator can do.</param>
/// <param name="generator">Made when it is first asked, since a provider that is not chosen has no key.</param>
/// <param name="judge">Names the generator's own exceptions; null for those it does not know.</param>
/// <param name="limits">The largest picture taken.</param>
/// <param name="time">For the time-out.</param>
/// <param name="logger">Gets reasons, never the service's text.</param>
internal sealed partial class ExtensionsAiProvider(
    GeneratorTraits traits, Lazy<IImageGenerator> generator, Func<Exception, GeneratorFault?> judge, ImageLimits limits, TimeProvider time,
    ILogger<ExtensionsAiProvider> logger) : IImageProvider
{
    public string Name => traits.Name;

    public int MaxImages => traits.MaxImages;

    public async Task<ProviderOutcome> GenerateAsync(ProviderRequest request, CancellationToken cancellationToken)
    {
        using var activity = GenerationTelemetry.Source.StartActivity($"generate_content {traits.Model}", ActivityKind.Internal);
        var outcome = await AskAsync(request, cancellationToken);
        var code = outcome.Failure?.Code ?? "ok";
        GenerationTelemetry.Count(Name, traits.Model, code, outcome.InputTokens, outcome.OutputTokens);
        activity?.SetTag("gen_ai.operation.name", "generate_content").SetTag("gen_ai.provider.name", Name)
            .SetTag("gen_ai.request.model", traits.Model)
            .SetTag("gen_ai.usage.input_tokens", outcome.InputTokens).SetTag("gen_ai.usage.output_tokens", outcome.OutputTokens)
            .SetTag("ivg.provider.outcome", code);
        if (outcome.Failure is not null) activity?.SetStatus(ActivityStatusCode.Error, code);
        return outcome;
    }

    private async Task<ProviderOutcome> AskAsync(ProviderRequest request, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(traits.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var response = await generator.Value.GenerateAsync(Translate(request), Options(request), either.Token);
            return Read(response, request);
        }
        catch (Exception e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Failed(limit.IsCancellationRequested ? GeneratorFaults.TooSlow : judge(e) ?? GeneratorFaults.Judge(e));
        }
    }

    private static ImageGenerationRequest Translate(ProviderRequest request) => new(
        string.Join('\n', [request.Prompt.System, .. request.Prompt.Labels, request.Prompt.Instruction]),
        request.Images.Select(image => new DataContent(image.Bytes, image.MediaType) { Name = FileName(image) }));

    private ImageGenerationOptions Options(ProviderRequest request) =>
        new() { Count = 1, ModelId = traits.Model, ImageSize = traits.SizeFor(request.AspectRatio) };

    private ProviderOutcome Read(ImageGenerationResponse response, ProviderRequest request)
    {
        var tokens = (Input: (int?)response.Usage?.InputTokenCount, Output: (int?)response.Usage?.OutputTokenCount);
        var bytes = response.Contents.OfType<DataContent>().FirstOrDefault(content => content.HasTopLevelMediaType("image"))?.Data.ToArray();
        var outcome = bytes is null ? Failed(GeneratorFaults.NoImage)
            : ResultImages.Verify(bytes, limits.MaxPixels) is not { } verified ? Failed(GeneratorFaults.Damaged)
            : new ProviderOutcome { Model = traits.Model, Image = verified.Image, Preview = verified.Preview };
        return outcome with { Asks = request.Asks + 1, InputTokens = tokens.Input, OutputTokens = tokens.Output };
    }

    private ProviderOutcome Failed(GeneratorFault fault)
    {
        LogFailure(Name, traits.Model, fault.Error.Code, fault.Reason);
        return new ProviderOutcome { Model = traits.Model, Failure = fault.Error, RetryAfter = fault.RetryAfter };
    }

    // A generator may go by the ending.
    private static string FileName(RoleImage image) => $"{(image.Role is ImageRole.Source ? "source" : "style")}.{image.MediaType["image/".Length..]}";

    [LoggerMessage(LogLevel.Warning, "Provider {Provider}, model {Model}: {Code}, {Reason}")]
    private partial void LogFailure(string provider, string model, string code, string reason);
}
