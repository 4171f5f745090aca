namespace Ivg.Api.Pages;

/// <summary>Addresses of smaller renderings.</summary>
internal static class Thumbnails
{
    private const int Largest = 2048;

    private static readonly int[] Sizes = [320, 640, 1024, 1536];

    /// <summary>The address of a rendering.</summary>
    public static string At(string url, int width) => $"{url}?width={width}";

    /// <summary>A <c>srcset</c> of renderings.</summary>
    public static string Set(string url, params IEnumerable<int> widths) => string.Join(", ", widths.Select(width => $"{At(url, width)} {width}w"));

    /// <summary>The renderings of a picture this wide. The largest is named with its true width, for by that a browser tells how large to show it.</summary>
    public static string UpTo(string url, int width) =>
        string.Join(", ", Sizes.Where(size => size < width).Select(size => $"{At(url, size)} {size}w").Append($"{At(url, Largest)} {Math.Min(width, Largest)}w"));

    /// <summary>Where an image is.</summary>
    public static string Url(Guid imageId) => $"/api/images/{imageId}";
}
