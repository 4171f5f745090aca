using Ivg.Api.Errors;
using Microsoft.AspNetCore.Http.Features;

namespace Ivg.Api.Pages;

/// <summary>Answers people with a page where programs would get a problem: the form again with what was typed, or else a page that says what happened.</summary>
internal sealed class PageErrors(RequestDelegate next, ApiExceptionHandler handler)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var isForm = context.Request.Path == MakeEndpoint.Path;
        try
        {
            await next(context);
        }
        catch (Exception e) when (CanAnswer(context))
        {
            var problem = handler.Describe(e);
            var refusal = context.Features.Get<Refusal>() ?? new Refusal();
            if (refusal.Problems.Count == 0) refusal.Problems.Add((null, problem));
            try
            {
                await ShowAsync(context, isForm ? "/" : TroubleModel.Path, refusal, problem);
            }
            catch (Exception again) when (isForm && CanAnswer(context))
            {
                // What the form needs is out of reach too.
                await ShowAsync(context, TroubleModel.Path, refusal, handler.Describe(again));
            }
        }
    }

    private async Task ShowAsync(HttpContext context, string path, Refusal refusal, ApiException problem)
    {
        context.Response.Clear();
        context.SetEndpoint(null);
        context.Features.Set(refusal);
        context.Features.Set<IFormFeature>(null);
        var request = context.Request;
        request.RouteValues.Clear();
        (request.Method, request.Path, request.QueryString, request.ContentType, request.ContentLength) = (HttpMethods.Get, path, default, null, null);
        context.Response.StatusCode = problem.Status;
        if (problem.RetryAfter is { } seconds) context.Response.Headers.RetryAfter = seconds.ToString(provider: null);
        await next(context);
    }

    private static bool CanAnswer(HttpContext context) =>
        WebPageMarker.IsPage(context) && !context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested;
}
