using Ivg.Core.Images;
using Ivg.Core.Jobs;
using Microsoft.AspNetCore.Diagnostics;
using Npgsql;

namespace Ivg.Api.Errors;

/// <summary>Turns whatever a request threw into a problem that says what to do and gives nothing away.</summary>
internal sealed partial class ApiExceptionHandler(ILogger<ApiExceptionHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested) return true;
        await Problems.WriteAsync(httpContext, Describe(exception));
        return true;
    }

    /// <summary>What is told of an exception; those on our side are logged.</summary>
    public ApiException Describe(Exception exception)
    {
        var problem = exception switch
        {
            ApiException api => api,
            ImageRejectedException image => new ApiException(image.Status, image.Code, image.Message),
            BadHttpRequestException { StatusCode: 413 } => new ApiException(413, "image_too_large", "The request is larger than any picture that IVG takes."),
            BadHttpRequestException { StatusCode: 408 } => new ApiException(408, "invalid_request", "The body came too slowly or stopped. Send it again where the connection is better."),
            BadHttpRequestException bad => new ApiException(bad.StatusCode, "invalid_request", "The request could not be read: its body is cut short or malformed."),
            _ when IsOutOfReach(exception) => new ApiException(503, "unavailable",
                "A server that IVG depends on is out of reach. Nothing was lost; try again shortly.") { RetryAfter = 2 },
            _ => new ApiException(500, "internal", "Something went wrong on our side. Try again; if it stays, tell us the request id."),
        };
        if (problem.Status >= 500) LogFailed(logger, problem.Code, exception);
        return problem;
    }

    private static bool IsOutOfReach(Exception exception) => exception switch
    {
        PostgresException postgres => postgres.IsTransient || postgres.SqlState.StartsWith("57P", StringComparison.Ordinal),
        NpgsqlException => true,
        _ => RedisFault.Is(exception),
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "A request failed: {Code}")]
    private static partial void LogFailed(ILogger logger, string code, Exception exception);
}
