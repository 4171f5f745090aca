using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace Ivg.Api.Pages;

/// <summary>
/// The page's scripts, styles and drawings, all under one address that names what is in them: a module's relative imports stay under it, so everything
/// is kept by browsers for good and nothing is ever stale.
/// </summary>
internal sealed class PageFiles
{
    private const string Root = "/v";

    private readonly IFileProvider _files;
    private string? _version;

    public PageFiles(IWebHostEnvironment environment)
    {
        _files = environment.WebRootFileProvider;
        // While somebody works on them; elsewhere they are as they were built.
        if (environment.IsDevelopment()) ChangeToken.OnChange(() => _files.Watch("**/*"), () => _version = null);
    }

    private string Version => _version ??= Convert.ToHexStringLower(SHA256.HashData(Content()))[..16];

    /// <summary>The address of a file in <c>wwwroot</c>.</summary>
    public string Url(string path) => $"{Root}/{Version}/{path}";

    /// <summary>
    /// Serves the files under the address of their version. Another version's address is answered too, for replicas may be of different builds during a
    /// change, but nobody is to keep that.
    /// </summary>
    public Task ServeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments(Root, StringComparison.Ordinal, out var rest) && rest.Value is { Length: > 1 } path
            && path.IndexOf('/', 1) is > 0 and var slash)
        {
            context.Request.Path = path[slash..];
            if (path[1..slash] == Version)
            {
                context.Response.OnStarting(() =>
                {
                    if (context.Response.StatusCode is 200 or 206 or 304) context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
                    return Task.CompletedTask;
                });
            }
        }
        return next(context);
    }

    private byte[] Content()
    {
        using var all = new MemoryStream();
        Add(all, "");
        return all.ToArray();
    }

    private void Add(MemoryStream all, string folder)
    {
        foreach (var entry in _files.GetDirectoryContents(folder).OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            var path = $"{folder}/{entry.Name}";
            if (entry.IsDirectory) Add(all, path);
            else if (Path.GetExtension(path) is ".js" or ".css" or ".svg")
            {
                all.Write(Encoding.UTF8.GetBytes(path));
                using var content = entry.CreateReadStream();
                content.CopyTo(all);
            }
        }
    }
}
