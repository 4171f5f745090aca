using Ivg.Core.Jobs;

namespace Ivg.Core.Generation.Layout;

/// <summary>
/// Holds a job's results against what they were made from and against one another. The one place that says a picture is none: blank,
/// the source over again, a sibling over again.
/// </summary>
/// <param name="source">The source.</param>
/// <param name="style">The style's reference image; null without one.</param>
/// <param name="exactRatio">Whether the caller named the ratio, so that a miss is put right.</param>
internal sealed class ResultReview(PictureNote source, PictureNote? style, bool exactRatio)
{
    /// <summary>How often a provider is asked for one image in all, whatever is wrong with its answers.</summary>
    private const int MaxAsks = 3;

    // A picture sent back is equal but for its encoding (0.005 at JPEG's usual quality). A restyle that keeps colours, light and edges all at
    // once within these is one that nobody could tell from its source.
    private const double SameColours = 0.015;
    private const int SameHash = 5;
    private const double SameEdges = 0.97;

    // Siblings are meant to be alike; only what is the same drawing is a duplicate.
    private const double SameSibling = 0.005;

    // One colour with a little noise; the smallest dot on a page of its own is far above it.
    private const double OneColour = 0.008;

    /// <summary>Looks at each picture; an earlier sibling is the original, the later one the duplicate.</summary>
    public VariationResult[] Examine(IReadOnlyList<ProviderRequest> requests, IReadOnlyList<ProviderOutcome> outcomes)
    {
        var results = new VariationResult[outcomes.Count];
        for (var index = 0; index < results.Length; index++) results[index] = Examine(requests[index], outcomes[index], results.AsSpan(0, index));
        return results;
    }

    /// <summary>Whether another asking may help and is still allowed.</summary>
    public static bool IsWorthAnother(VariationResult result) => result.Check?.Fault is not null && result.Outcome.Asks < MaxAsks;

    /// <summary>Takes the second answer in place of a faulty first one, unless the first is the better of the two.</summary>
    public VariationResult Replace(VariationResult first, ProviderRequest request, ProviderOutcome second, ReadOnlySpan<VariationResult> siblings)
    {
        var total = second with
        {
            InputTokens = Sum(first.Outcome.InputTokens, second.InputTokens),
            OutputTokens = Sum(first.Outcome.OutputTokens, second.OutputTokens),
            Took = first.Outcome.Took + second.Took,
        };
        var replaced = Examine(request, total, siblings);
        var fault = first.Check!.Fault;
        var better = replaced.Check is { Fault: null } || (replaced.Check is not null && fault is not ResultFault.Duplicate);
        if (better) return replaced with { Check = replaced.Check! with { Retried = fault } };
        return first with
        {
            Outcome = first.Outcome with { InputTokens = total.InputTokens, OutputTokens = total.OutputTokens, Took = total.Took },
            Check = first.Check with { Retried = fault },
        };
    }

    /// <summary>What is delivered: no picture that is none, and the ratio that was asked for.</summary>
    public VariationResult Finish(VariationResult result)
    {
        if (result.Check is not { } check) return result;
        if (check.Fault is ResultFault.Blank or ResultFault.Unchanged) return result with { Check = null, Outcome = result.Outcome with { Image = null, Failure = Failure(check.Fault) } };
        if (!exactRatio || Math.Abs(check.RatioError) <= RatioFit.Tolerance) return result;
        var (image, fit) = RatioFit.Apply(result.Outcome.Image!, result.Request.AspectRatio);
        return result with { Outcome = result.Outcome with { Image = image }, Check = check with { Fitted = fit } };
    }

    private VariationResult Examine(ProviderRequest request, ProviderOutcome outcome, ReadOnlySpan<VariationResult> siblings)
    {
        if (outcome.Image is not { } image) return new VariationResult(outcome.Sent ?? request, outcome, null, null);
        var preview = outcome.Preview ?? Preview.Read(image.Bytes, image.Width, image.Height);
        var print = LayoutReader.ReadPrint(preview);
        var check = new ResultCheck
        {
            RatioError = Figures.Round(Math.Log((double)image.Width / image.Height / AspectRatios.Value(request.AspectRatio))),
            LayoutSimilarity = print.Thirds.Likeness(source.Print.Thirds),
            EdgeSimilarity = Figures.Round(print.EdgeLikeness(source.Print)),
            SourceDistance = Figures.Round(print.ColourDistance(source.Print)),
            HashDistance = print.HashDistance(source.Print),
            PaletteDistance = style?.Card is { } card ? Figures.Round(DominantColours.Distance(DominantColours.Of(preview.Lab, preview.Alpha, out _), card.Palette)) : null,
            Fault = Fault(request, image, print, siblings),
        };
        return new VariationResult(outcome.Sent ?? request, outcome, print, check);
    }

    private ResultFault? Fault(ProviderRequest request, ProducedImage image, Fingerprint print, ReadOnlySpan<VariationResult> siblings)
    {
        foreach (var sent in request.Images)
        {
            if (sent.Bytes.AsSpan().SequenceEqual(image.Bytes)) return ResultFault.Unchanged;
        }
        // Of a source that shows nothing, a plain result is a true one and likeness says nothing.
        if (source.Print.Variety > OneColour)
        {
            if (print.Variety < OneColour) return ResultFault.Blank;
            if (Same(print, source.Print) || (style is not null && Same(print, style.Print))) return ResultFault.Unchanged;
        }
        foreach (var sibling in siblings)
        {
            if (sibling is { Print: { } other, Check.Fault: null } && print.ColourDistance(other) < SameSibling && print.HashDistance(other) <= SameHash) return ResultFault.Duplicate;
        }
        return null;
    }

    private static bool Same(Fingerprint a, Fingerprint b) =>
        a.ColourDistance(b) < SameColours && a.HashDistance(b) <= SameHash && (a.EdgeLikeness(b) > SameEdges || a.ColourDistance(b) < SameSibling / 2);

    // Not retryable by the job: the one more try that may help was made, and each is billed.
    private static JobError Failure(ResultFault? fault) => new(JobErrorCodes.NoImageReturned, fault is ResultFault.Blank
        ? "The image service sent an empty picture. Say more plainly what the picture should show, or use another picture."
        : "The image service sent the picture back unchanged. Say what should be different, or choose a style.", Retryable: false);

    private static int? Sum(int? a, int? b) => a is null && b is null ? null : (a ?? 0) + (b ?? 0);
}
