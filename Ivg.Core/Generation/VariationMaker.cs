using System.Security.Cryptography;
using Ivg.Core.Generation.Layout;
using Ivg.Core.Images;
using Ivg.Core.Jobs;
using Ivg.Core.Styles;
using Microsoft.Extensions.Options;

namespace Ivg.Core.Generation;

/// <summary>Makes a job's variations from a source in memory: one provider call an image, all at once, each with its own seed.</summary>
internal sealed class VariationMaker(ImageProviders providers, PictureNotes notes, IOptions<GenerationOptions> options, TimeProvider time)
{
    private const int Prepared = 10;
    private const int Generated = 90;

    // Far from the siblings' seeds and from those of a provider's own retries.
    private const int AnotherSeed = 104_729;

    private readonly ExpectedProgress _expected = new(time);

    /// <exception cref="JobFailedException">Not one image came of it; carries the first failure.</exception>
    public async Task<JobOutput> MakeAsync(
        JobContext job, VariationRequest request, byte[] source, Style? style, byte[]? reference, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var (template, seen, styleSeen) = Prepare(job, request, source, style, reference);
        var preparedAfter = time.GetElapsedTime(started);
        await job.ReportAsync("generating", Prepared, cancellationToken);

        var firstSeed = request.Seed ?? RandomNumberGenerator.GetInt32(int.MaxValue);
        var requests = Enumerable.Range(0, request.Count).Select(index => template with { Seed = unchecked(firstSeed + index) }).ToArray();
        var review = new ResultReview(seen, styleSeen, exactRatio: request.AspectRatio != "auto");
        var results = review.Examine(requests, await _expected.RunAsync(template.Fast ? "fast" : "careful", Prepared, Generated,
            progress => job.ReportAsync("generating", progress, cancellationToken), () => AskAllAsync(job, requests, reports: true, cancellationToken)));
        await AskAgainAsync(job, review, results, cancellationToken);
        var generatedAfter = time.GetElapsedTime(started);
        results = Array.ConvertAll(results, review.Finish);

        if (Array.TrueForAll(results, result => result.Outcome.Image is null))
            throw new JobFailedException(results[0].Outcome.Failure!, results.Max(result => result.Outcome.RetryAfter));
        await job.ReportAsync("saving", Generated, cancellationToken);
        ProducedImage[] images = [.. results.Where(result => result.Outcome.Image is not null)
            .Select(result => ResultMark.Apply(result, providers.Selected.Name, time.GetUtcNow()))];
        return new JobOutput(
            images,
            providers.Selected.Name,
            results.First(result => result.Outcome.Image is not null).Outcome.Model,
            VariationDetails.Describe(
                seen, styleSeen, results, preparedAfter, generatedAfter - preparedAfter, time.GetElapsedTime(started) - generatedAfter));
    }

    private (ProviderRequest Template, PictureNote Source, PictureNote? Style) Prepare(JobContext job, VariationRequest request, byte[] source, Style? style, byte[]? reference)
    {
        var fast = request.Fast ?? options.Value.FastMode;
        var maxSide = fast ? options.Value.FastReferenceMaxSize : InputImages.MaxSide;
        try
        {
            List<RoleImage> images = [InputImages.Prepare(ImageRole.Source, source, maxSide, out var decoded)];
            var seen = notes.Source(source, images[0], decoded);
            var styleSeen = reference is null ? null : notes.Style(reference);
            // A style's own reference as the source needs no second copy of itself.
            if (reference is not null && images.Count < providers.Selected.MaxImages && !reference.AsSpan().SequenceEqual(source))
                images.Add(InputImages.Prepare(ImageRole.StyleReference, reference, maxSide));
            var ratio = request.AspectRatio == "auto" ? AspectRatios.Nearest(images[0].Width, images[0].Height) : request.AspectRatio;
            var template = new ProviderRequest
            {
                Images = images,
                Prompt = PromptBuilder.Build([.. images.Select(image => image.Role)], style, ratio, request.Prompt,
                    LayoutWords.Describe(seen.Hints, colours: style is null), styleSeen?.Card?.Words()),
                AspectRatio = ratio,
                Style = style,
                Fast = fast,
                RequestId = job.RequestId,
            };
            return (template, seen, styleSeen);
        }
        catch (ImageRejectedException e)
        {
            throw new JobFailedException(new JobError(JobErrorCodes.ProviderRejected, e.Message, Retryable: false), inner: e);
        }
    }

    /// <summary>Once more, and only once, for pictures that are none or a sibling over again; results are replaced in place.</summary>
    private async Task AskAgainAsync(JobContext job, ResultReview review, VariationResult[] results, CancellationToken cancellationToken)
    {
        var faulty = Enumerable.Range(0, results.Length).Where(index => ResultReview.IsWorthAnother(results[index])).ToArray();
        if (faulty.Length == 0) return;
        var again = Array.ConvertAll(faulty, index => results[index].Request with
        {
            Seed = unchecked(results[index].Request.Seed + AnotherSeed),
            Prompt = PromptBuilder.Again(results[index].Request.Prompt, results[index].Check!.Fault!.Value),
            Asks = results[index].Outcome.Asks,
        });
        var outcomes = await AskAllAsync(job, again, reports: false, cancellationToken);
        for (var k = 0; k < faulty.Length; k++)
        {
            VariationResult[] others = [.. results.Where((_, index) => index != faulty[k])];
            results[faulty[k]] = review.Replace(results[faulty[k]], again[k], outcomes[k], others);
        }
    }

    private async Task<ProviderOutcome[]> AskAllAsync(JobContext job, ProviderRequest[] requests, bool reports, CancellationToken cancellationToken)
    {
        // Should one call throw, its siblings are stopped and waited for: nothing runs on behind a finished attempt.
        using var siblings = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var calls = Array.ConvertAll(requests, request => AskAsync(request, siblings.Token));
        try
        {
            var arrived = 0;
            await foreach (var call in Task.WhenEach(calls))
            {
                await call;
                var progress = Prepared + (Generated - Prepared) * ++arrived / calls.Length;
                if (reports) await job.ReportAsync("generating", progress, cancellationToken);
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

    private async Task<ProviderOutcome> AskAsync(ProviderRequest request, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var outcome = await providers.Selected.GenerateAsync(request, cancellationToken);
        return outcome with { Took = time.GetElapsedTime(started) };
    }
}
