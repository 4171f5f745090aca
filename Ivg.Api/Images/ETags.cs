using Microsoft.Net.Http.Headers;

namespace Ivg.Api.Images;

/// <summary>Strong validators, compared before any byte of the body is touched.</summary>
internal static class ETags
{
    public static EntityTagHeaderValue Of(byte[] sha256, string variant = "") => new($"\"{Convert.ToHexStringLower(sha256)}{variant}\"");

    /// <summary>304 if the client has it, else what <paramref name="body"/> makes; sets <c>ETag</c> either way.</summary>
    public static IResult Answer(HttpContext context, EntityTagHeaderValue tag, Func<IResult> body)
    {
        context.Response.Headers.ETag = tag.ToString();
        return IsKnown(context.Request, tag) ? Results.StatusCode(StatusCodes.Status304NotModified) : body();
    }

    public static bool IsKnown(HttpRequest request, EntityTagHeaderValue tag) =>
        request.GetTypedHeaders().IfNoneMatch is { Count: > 0 } known
        && known.Any(one => one.Equals(EntityTagHeaderValue.Any) || one.Compare(tag, useStrongComparison: false));
}
