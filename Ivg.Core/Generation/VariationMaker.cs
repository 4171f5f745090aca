using System.Security.Cryptography;
using Ivg.Core.Images;
using Ivg.Core.Jobs;
using Ivg.Core.Styles;
using Microsoft.Extensions.Options;

namespace Ivg.Core.Generation;

/// <summary>Makes a job's variations from a source in memory: one provider call an image, all at once, each with its own seed.</summary>
internal sealed class VariationMaker(ImageProviders providers, IOptions<GenerationOptions> options, TimeProvider time)
{
    private const int Prepared = 10;
    private const int Generated = 90;

    /// <exception cref="JobFailedException">Not one image came of it; carries the first failure.</exception>
    public async Task<JobOutput> MakeAsync(
        JobContext job, VariationRequest request, byte[] source, Style? style, byte[]? reference, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var template = Prepare(job, request, source, style, reference);
        var preparedAfter = time.GetElapsedTime(started);
        await job.ReportAsync("generating", Prepared, cancellationToken);

        var firstSeed = request.Seed ?? RandomNumberGenerator.GetInt32(int.MaxValue);
        var requests = Enumerable.Range(0, request.Count).Select(index => template with { Seed = unchecked(firstSeed + index) }).ToArray();
        var outcomes = await AskAllAsync(job, requests, cancellationToken);

        var failure = outcomes.FirstOrDefault(outcome => outcome.Failure is not null);
        if (failure is not null && outcomes.All(outcome => outcome.Image is null))
            throw new JobFailedException(failure.Failure!, outcomes.Max(outcome => outcome.RetryAfter));
        await job.ReportAsync("saving", Generated, cancellationToken);
        return new JobOutput(
            [.. requests.Zip(outcomes).Where(made => made.Second.Image is not null)
                .Select(made => ResultMark.Apply(made.First, made.Second, providers.Selected.Name, time.GetUtcNow()))],
            providers.Selected.Name,
            outcomes.First(outcome => outcome.Image is not null).Model,
            VariationDetails.Describe(requests, outcomes, preparedAfter, time.GetElapsedTime(started) - preparedAfter));
    }

    private ProviderRequest Prepare(JobContext job, VariationRequest request, byte[] source, Style? style, byte[]? reference)
    {
        var fast = request.Fast ?? options.Value.FastMode;
        var maxSide = fast ? options.Value.FastReferenceMaxSize : InputImages.MaxSide;
        try
        {
            List<RoleImage> images = [InputImages.Prepare(ImageRole.Source, source, maxSide)];
            // A style's own reference as the source needs no second copy of itself.
            if (reference is not null && !reference.AsSpan().SequenceEqual(source))
                images.Add(InputImages.Prepare(ImageRole.StyleReference, reference, maxSide));
            var ratio = request.AspectRatio == "auto" ? AspectRatios.Nearest(images[0].Width, images[0].Height) : request.AspectRatio;
            return new ProviderRequest
            {
                Images = images,
                Prompt = PromptBuilder.Build([.. images.Select(image => image.Role)], style, ratio, request.Prompt),
                AspectRatio = ratio,
                Style = style,
                Fast = fast,
                RequestId = job.RequestId,
            };
        }
        catch (ImageRejectedException e)
        {
            throw new JobFailedException(new JobError(JobErrorCodes.ProviderRejected, e.Message, Retryable: false), inner: e);
        }
    }

    private async Task<ProviderOutcome[]> AskAllAsync(JobContext job, ProviderRequest[] requests, CancellationToken cancellationToken)
    {
        // Should one call throw, its siblings are stopped and waited for: nothing runs on behind a finished attempt.
        using var siblings = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var calls = Array.ConvertAll(requests, request => providers.Selected.GenerateAsync(request, siblings.Token));
        try
        {
            var arrived = 0;
            await foreach (var call in Task.WhenEach(calls))
            {
                await call;
                var progress = Prepared + (Generated - Prepared) * ++arrived / calls.Length;
                await job.ReportAsync("generating", progress, cancellationToken);
            }
            return await Task.WhenAll(calls);
        }
        catch
        {
            await siblings.CancelAsync();
            await Task.WhenAll((IEnumerable<Task>)calls).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }
}
