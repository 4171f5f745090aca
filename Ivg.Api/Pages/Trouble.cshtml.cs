using Ivg.Api.Errors;
using Microsoft.AspNetCore.RateLimiting;

namespace Ivg.Api.Pages;

/// <summary>Says what went wrong where there is no other page to say it on. It asks nothing of anything that may be out of reach, nor is it counted.</summary>
[DisableRateLimiting]
internal sealed class TroubleModel : WebPage
{
    /// <summary>Where it is shown from.</summary>
    public const string Path = "/trouble";

    public void OnGet()
    {
        if (Refusal is null) throw new ApiException(404, "not_found", "There is nothing at this address.");
    }
}
