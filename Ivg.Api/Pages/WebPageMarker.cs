namespace Ivg.Api.Pages;

/// <summary>Marks the endpoints that make up the web page, so that its headers reach them and no others.</summary>
internal sealed class WebPageMarker
{
    public static readonly WebPageMarker Instance = new();

    private WebPageMarker()
    {
    }
}
