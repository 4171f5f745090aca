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
    private readonly long _most = options.Value.UploadMemoryBytes is > 0 and var set ? set : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4;
    private long _taken;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var most = _unknown * (context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<SubmitMarker>()?.Pictures ?? 1);
        var needed = Copies * Math.Min(context.HttpContext.Request.ContentLength ?? most, most);
        try
        {
            // The first is taken whatever it needs: it would never fit otherwise.
            if (Interlocked.Add(ref _taken, needed) is var taken && taken > _most && taken > needed)
                throw new ApiException(503, "unavailable", "Many pictures are arriving just now. Send yours again in a moment.") { RetryAfter = 1 };
            return await next(context);
        }
        finally
        {
            Interlocked.Add(ref _taken, -needed);
        }
    }
}
