using Ivg.Api.Errors;
using Ivg.Api.Images;
using Ivg.Api.Sessions;
using Ivg.Core.Images;
using Microsoft.Extensions.Options;

namespace Ivg.Api.Uploads;

/// <summary>Decides which picture a submit is about, and refuses what cannot be worked on before anything is stored.</summary>
internal sealed class SourcePicker(AssetStore assets, DecodeSlots decodes, IOptions<ImageLimits> limits, TimeProvider time)
{
    /// <summary>The upload to store with the job, or the id of the asset that is here already; exactly one of them is set.</summary>
    public async Task<(SourceUpload? Upload, Guid? ImageId)> PickAsync(Submission submission, Caller caller, CancellationToken cancellationToken)
    {
        var imageId = submission.Id("image_id");
        if (submission.Image is not null && imageId is not null)
            throw new ApiException(400, "source_ambiguous", "Send one source: either image or image_id.");
        if (submission is { Image: { } bytes, ImageHash: { } hash }) return (await CheckAsync(bytes, hash, cancellationToken), null);
        if (imageId is not { } id)
            throw new ApiException(400, "source_required", "Send a picture in the field image, or name an earlier one in image_id.");
        var asset = await assets.FindAsync(caller.Session, id, cancellationToken) ?? throw ApiException.ImageNotFound();
        return asset.ExpiredAt is null ? (null, id) : throw new ApiException(410, "image_expired", "The picture was removed after its time. Upload it again.");
    }

    private async Task<SourceUpload> CheckAsync(byte[] bytes, byte[] hash, CancellationToken cancellationToken)
    {
        if (bytes.Length == 0) throw new ApiException(415, "unsupported_image", "The file is empty.");
        var info = Pictures.Identify(bytes);
        if (Math.Min(info.Width, info.Height) < ImageLimits.MinSide)
            throw new ApiException(422, "image_too_small", $"The picture is {info.Width} x {info.Height}; each side needs {ImageLimits.MinSide} pixels at least.");
        if ((long)info.Width * info.Height > limits.Value.MaxPixels)
            throw new ApiException(422, "too_many_pixels", $"The picture has {(long)info.Width * info.Height / 1_000_000.0:0.#} million pixels; the most is {limits.Value.MaxPixels / 1_000_000.0:0.#}. Send a smaller one.");
        using (await decodes.TakeAsync(cancellationToken)) Pictures.Verify(bytes);
        return new SourceUpload(Guid.CreateVersion7(time.GetUtcNow()), bytes, info, hash);
    }
}
