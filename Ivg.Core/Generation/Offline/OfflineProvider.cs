using Ivg.Core.Generation.Layout;
using Ivg.Core.Images;
using Ivg.Core.Jobs;

namespace Ivg.Core.Generation.Offline;

/// <summary>
/// Restyles the source on this machine by the style's profile: no model, no key, no network. The prompt's words are not understood and
/// not used. The same source, profile, ratio and seed give the same bytes.
/// </summary>
internal sealed class OfflineProvider : IImageProvider, IDisposable
{
    private const string Model = "offline-1";

    // Decoded a little larger than the frame, so that a crop to the ratio still fills it.
    private const int DecodeSide = 1168;

    private readonly SemaphoreSlim _slots = new(Environment.ProcessorCount);

    public string Name => "offline";

    /// <summary>The source; the style is taken from its profile.</summary>
    public int MaxImages => 1;

    public async Task<ProviderOutcome> GenerateAsync(ProviderRequest request, CancellationToken cancellationToken)
    {
        if (request.Images.FirstOrDefault(image => image.Role == ImageRole.Source) is not { } source)
            return Rejected("There is no source picture to vary. Send one and try again.");
        using var activity = GenerationTelemetry.Source.StartActivity($"restyle {Model}");
        await _slots.WaitAsync(cancellationToken);
        try
        {
            // Seconds of pure computing belong on the pool, not on the caller's continuation.
            var outcome = await Task.Run(() => Restyle(source.Bytes, request, cancellationToken), cancellationToken);
            GenerationTelemetry.Count(Name, Model, "ok", null, null);
            return outcome;
        }
        catch (ImageRejectedException e)
        {
            GenerationTelemetry.Count(Name, Model, JobErrorCodes.ProviderRejected, null, null);
            return Rejected(e.Message);
        }
        finally
        {
            _slots.Release();
        }
    }

    public void Dispose() => _slots.Dispose();

    private static ProviderOutcome Restyle(byte[] bytes, ProviderRequest request, CancellationToken cancellationToken)
    {
        var source = Pictures.Decode(bytes, DecodeSide);
        var profile = request.Style?.Profile ?? GentleProfile.Value;
        var result = Restyler.Restyle(source, request.AspectRatio, profile, request.Seed, cancellationToken);
        var png = Pictures.Encode(result, ImageFormat.Png, effort: 3);
        return new ProviderOutcome
        {
            Image = new ProducedImage(png, ImageFormat.Png.MediaType(), result.Width, result.Height),
            Preview = Preview.Of(result),
            Asks = request.Asks + 1,
            Origin = ImageOrigin.Algorithm,
            Model = Model,
            ModelVersion = Model,
        };
    }

    private static ProviderOutcome Rejected(string message) =>
        new() { Model = Model, Failure = new JobError(JobErrorCodes.ProviderRejected, message, Retryable: false) };
}
