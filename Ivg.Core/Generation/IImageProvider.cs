namespace Ivg.Core.Generation;

/// <summary>Makes one picture from pictures and words. Found by <see cref="Name"/> through <c>IMAGE_PROVIDER</c>.</summary>
public interface IImageProvider
{
    /// <summary>The name in settings, results and telemetry: <c>nano_banana</c>, <c>openai</c>, <c>offline</c>.</summary>
    string Name { get; }

    /// <summary>Most pictures in a request: 1 for the source alone, 2 for a style reference beside it. No request has more.</summary>
    int MaxImages { get; }

    /// <summary>Asks for one image; retries what is worth retrying within this call.</summary>
    /// <returns>A picture, verified and a PNG, or a named reason why there is none; only cancellation throws.</returns>
    Task<ProviderOutcome> GenerateAsync(ProviderRequest request, CancellationToken cancellationToken);
}
