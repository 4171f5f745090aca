using Ivg.Core.Images;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace Ivg.Api.Pages;

/// <summary>The page on which a person does both jobs; its scripts do the rest through the HTTP API.</summary>
internal sealed class IndexModel(IOptions<ImageLimits> limits) : PageModel
{
    /// <summary>Largest picture that can be sent, in bytes.</summary>
    public long MaxUploadBytes => limits.Value.MaxUploadBytes;

    /// <summary>The same in whole mebibytes, for people.</summary>
    public long MaxUploadMegabytes => MaxUploadBytes / (1024 * 1024);
}
