namespace Ivg.Api.Pages;

/// <summary>Addresses of smaller renderings.</summary>
internal static class Thumbnails
{
    /// <summary>The address of a rendering.</summary>
    public static string At(string url, int width) => $"{url}?width={width}";

    /// <summary>A <c>srcset</c> of renderings.</summary>
    public static string Set(string url, params IEnumerable<int> widths) => string.Join(", ", widths.Select(width => $"{At(url, width)} {width}w"));

    /// <summary>Where an image is.</summary>
    public static string Url(Guid imageId) => $"/api/images/{imageId}";
}
