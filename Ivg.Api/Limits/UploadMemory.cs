using Ivg.Api.Errors;
using Ivg.Core.Images;
using Microsoft.Extensions.Options;

namespace Ivg.Api.Limits;

/// <summary>Bounds what uploads under way take of the process's memory together; one that does not fit is told when to come again.</summary>
internal sealed class UploadMemory(IOptions<LimitOptions> options, IOptions<ImageLimits> images) : IEndpointFilter
{
    // The body, and the copy of it that the database's driver sends.
    private const int Copies = 2;

    // A body that does not say how long it is may be as long as any.
    private readonly long _unknown = images.Value.MaxUploadBytes;
    private readonly MemoryShare _share = new(options.Value.UploadMemoryBytes is > 0 and var set ? set : MemoryShare.Quarter);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var most = _unknown * (context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<SubmitMarker>()?.Pictures ?? 1);
        var needed = Copies * Math.Min(context.HttpContext.Request.ContentLength ?? most, most);
        if (!_share.TryTake(needed))
            throw new ApiException(503, "unavailable", "Many pictures are arriving just now. Send yours again in a moment.") { RetryAfter = 1 };
        try
        {
            return await next(context);
        }
        finally
        {
            _share.Return(needed);
        }
    }
}
