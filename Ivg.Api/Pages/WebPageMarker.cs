namespace Ivg.Api.Pages;

/// <summary>Marks the endpoints that make up the web page, so that its headers reach them and no others.</summary>
internal sealed class WebPageMarker
{
    /// <summary>Something for people to read, that belongs to a session.</summary>
    public static readonly WebPageMarker Page = new();

    /// <summary>A script, a style, a drawing: the same for everybody.</summary>
    public static readonly WebPageMarker File = new();

    private WebPageMarker()
    {
    }

    /// <summary>Whether a request is for a page.</summary>
    public static bool IsPage(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<WebPageMarker>() == Page;
}
