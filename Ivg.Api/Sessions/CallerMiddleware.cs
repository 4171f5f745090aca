using System.Text.RegularExpressions;
using Ivg.Api.Errors;
using Ivg.ServiceDefaults.Correlation;
using Microsoft.Extensions.Options;

namespace Ivg.Api.Sessions;

/// <summary>Finds out who calls, before anything else of the request is looked at.</summary>
internal sealed partial class CallerMiddleware(
    RequestDelegate next, SessionCookie cookie, IOptions<SessionOptions> options, IHostEnvironment environment, ILogger<CallerMiddleware> logger)
{
    private readonly PlatformKeys _keys = new(SessionOptions.Split(options.Value.PlatformApiKeys));
    private int _warned;

    public async Task InvokeAsync(HttpContext context)
    {
        var caller = Platform(context.Request) ?? Browser(context);
        context.Features.Set(caller);
        // Somebody's own, unless an endpoint says otherwise.
        context.Response.OnStarting(static response =>
        {
            var headers = ((HttpResponse)response).Headers;
            if (headers.CacheControl.Count == 0) headers.CacheControl = "private, no-store";
            return Task.CompletedTask;
        }, context.Response);
        if (caller.SessionId is { } userId) RequestScope.Of(context).Add(CorrelationNames.UserId, userId);
        await next(context);
    }

    private Caller? Platform(HttpRequest request)
    {
        var user = request.Headers["X-User-Id"];
        var tenant = request.Headers["X-Tenant-Id"];
        var authorization = request.Headers.Authorization.ToString();
        var key = authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? authorization["Bearer ".Length..].Trim() : null;
        if (user.Count == 0 && tenant.Count == 0 && key is null) return null;
        Authorise(key, namesUser: user.Count + tenant.Count > 0);
        if (user.Count == 0 && tenant.Count == 0) return _keys.Any ? new Caller(null, null, IsPlatform: true) : null;
        if (user.Count != 1 || tenant.Count > 1 || !Id().IsMatch(user.ToString()) || (tenant.Count == 1 && !Id().IsMatch(tenant.ToString())))
            throw new ApiException(400, "invalid_user_id", "X-User-Id (and X-Tenant-Id, if sent) are 1 to 128 of the characters A-Z a-z 0-9 . _ @ -.");
        var tenantId = tenant.Count == 1 ? tenant.ToString() : null;
        return new Caller($"{tenantId ?? "default"}:{user}", tenantId, IsPlatform: true);
    }

    private void Authorise(string? key, bool namesUser)
    {
        if (_keys.Any)
        {
            if (key is null) throw new ApiException(401, "platform_key_required", "Send Authorization: Bearer with a platform key along with X-User-Id.");
            if (!_keys.Contain(key)) throw new ApiException(401, "invalid_platform_key", "The platform key is not valid here.");
        }
        else if (!environment.IsDevelopment())
        {
            throw new ApiException(401, "platform_key_required", "This service has no platform keys configured, so it takes no platform calls.");
        }
        else if (namesUser && Interlocked.Exchange(ref _warned, 1) == 0) LogTrusting(logger);
    }

    private Caller Browser(HttpContext context)
    {
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !HttpMethods.IsOptions(request.Method) && IsCrossSite(request))
            throw new ApiException(403, "cross_site", "A browser's changes must come from this site's own pages.");
        return new Caller(cookie.Read(context) ?? cookie.Start(context), null, IsPlatform: false);
    }

    private static bool IsCrossSite(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"] is { Count: > 0 } site) return site.ToString() is not ("same-origin" or "none");
        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0 && !string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }

    [GeneratedRegex("^[A-Za-z0-9._@-]{1,128}\\z")]
    private static partial Regex Id();

    [LoggerMessage(Level = LogLevel.Warning, Message = "PLATFORM_API_KEYS is not set: in Development X-User-Id is believed without a key")]
    private static partial void LogTrusting(ILogger logger);
}
