using System.Text.Json.Nodes;
using Ivg.Core;
using Microsoft.AspNetCore.WebUtilities;

namespace Ivg.Api.Errors;

/// <summary>Writes <c>application/problem+json</c>.</summary>
internal static class Problems
{
    public static async Task WriteAsync(HttpContext context, ApiException problem)
    {
        if (problem.RetryAfter is { } seconds) context.Response.Headers.RetryAfter = seconds.ToString(provider: null);
        context.Response.StatusCode = problem.Status;
        context.Response.Headers.CacheControl = "no-store";
        var body = new JsonObject
        {
            ["type"] = $"urn:ivg:problem:{problem.Code}",
            ["title"] = ReasonPhrases.GetReasonPhrase(problem.Status),
            ["status"] = problem.Status,
            ["detail"] = problem.Message,
            ["code"] = problem.Code,
            ["request_id"] = context.TraceIdentifier,
        };
        if (problem.Errors is not null)
            body["errors"] = System.Text.Json.JsonSerializer.SerializeToNode(problem.Errors, IvgJson.Options);
        await context.Response.WriteAsJsonAsync(body, IvgJson.Options, "application/problem+json", context.RequestAborted);
    }
}
