using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ivg.Api.Errors;
using Ivg.Api.Images;
using Ivg.Core;
using Ivg.Core.Styles;

namespace Ivg.Api.Styles;

/// <summary>The styles and their reference images; the same for everybody.</summary>
internal static class StylesApi
{
    public static void MapStylesApi(this IEndpointRouteBuilder app)
    {
        var styles = app.MapGroup("/api/styles").WithTags("Styles");
        styles.MapGet("/", ListAsync).WithName("ListStyles").WithSummary("All styles");
        styles.MapMethods("/{styleId}/reference", ["GET", "HEAD"], ReferenceAsync).WithName("GetStyleReference").WithSummary("A style's reference image");
    }

    private static async Task<IResult> ListAsync(HttpContext context, StyleStore styles, CancellationToken cancellationToken)
    {
        var items = (await styles.ListAsync(cancellationToken)).Select(style => new JsonObject
        {
            ["style_id"] = style.StyleId,
            ["name"] = style.Name,
            ["description"] = style.Description,
            ["reference_url"] = $"/api/styles/{style.StyleId}/reference",
            ["profile"] = JsonSerializer.SerializeToNode(style.Profile, IvgJson.Options),
        });
        var body = JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["items"] = new JsonArray([.. items]) }, IvgJson.Options);
        context.Response.Headers.CacheControl = "private, no-cache";
        return ETags.Answer(context, ETags.Of(SHA256.HashData(body)), () => Results.Bytes(body, "application/json; charset=utf-8"));
    }

    private static async Task<IResult> ReferenceAsync(
        string styleId, HttpContext context, StyleStore styles, ImageRenderer renderer, string? width, CancellationToken cancellationToken)
    {
        var reference = StyleIds.IsValid(styleId) ? await styles.FindReferenceAsync(styleId, cancellationToken) : null;
        if (reference is null) throw new ApiException(404, "style_not_found", "There is no such style; GET /api/styles lists them.");
        context.Response.Headers.CacheControl = "public, max-age=300";
        return await renderer.AnswerAsync(context, reference.Sha256, reference.MimeType, reference.Width, reference.Length, width, null,
            (start, count, token) => styles.ReadReferenceAsync(styleId, reference.Sha256, start, count, token));
    }
}
