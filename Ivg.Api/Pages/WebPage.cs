using Ivg.Api.Errors;
using Ivg.Api.Sessions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ivg.Api.Pages;

/// <summary>What every page has: whose it is, and what went wrong.</summary>
internal abstract class WebPage : PageModel
{
    /// <summary>Who looks at it.</summary>
    public string Session => HttpContext.Features.GetRequiredFeature<Caller>().Session;

    /// <summary>Why the wish before was not granted; null when nothing went wrong.</summary>
    public Refusal? Refusal => HttpContext.Features.Get<Refusal>();

    protected CancellationToken Aborted => HttpContext.RequestAborted;

    /// <summary>Takes the page's own form; where that fails, the page is shown again and says why.</summary>
    protected async Task<IActionResult> TakeAsync(Func<Task<string>> work, Func<Task<IActionResult>> show)
    {
        try
        {
            var token = Request.HasFormContentType ? (await Request.ReadFormAsync(Aborted))[FormTokens.Field].ToString() : null;
            HttpContext.RequestServices.GetRequiredService<FormTokens>().Check(Session, token);
            Response.Headers.Location = await work();
            return StatusCode(StatusCodes.Status303SeeOther);
        }
        catch (ApiException problem)
        {
            HttpContext.Features.Set(Refusal.For(problem));
            Response.StatusCode = problem.Status;
            return await show();
        }
    }
}
