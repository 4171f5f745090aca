using System.Net;
using System.Threading.RateLimiting;
using Ivg.Api.Errors;
using Ivg.Api.Pages;
using Ivg.Api.Sessions;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Ivg.Api.Limits;

/// <summary>Token buckets by session and by address, for submits and for everything else.</summary>
internal sealed class RateLimits : IConfigureOptions<RateLimiterOptions>, IDisposable
{
    private readonly LimitOptions _options;
    private readonly PartitionedRateLimiter<HttpContext> _sessions;
    private readonly PartitionedRateLimiter<HttpContext> _addresses;

    public RateLimits(IOptions<LimitOptions> options)
    {
        _options = options.Value;
        _sessions = PartitionedRateLimiter.Create<HttpContext, string>(context =>
            Bucket(context, context.Features.Get<Caller>()?.SessionId, _options.SubmitsPerSession, _options.ReadsPerSession));
        _addresses = PartitionedRateLimiter.Create<HttpContext, string>(context =>
            Bucket(context, Address(context), _options.SubmitsPerAddress, _options.ReadsPerAddress));
    }

    public void Configure(RateLimiterOptions options)
    {
        options.GlobalLimiter = PartitionedRateLimiter.CreateChained(_sessions, _addresses);
        options.OnRejected = (rejected, _) =>
        {
            var problem = new ApiException(429, "rate_limited", "Too many requests in a short time.")
            {
                RetryAfter = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)) : 1,
            };
            // People get a page to read; programs, of which there may be a flood, their answer without the price of an exception.
            return WebPageMarker.IsPage(rejected.HttpContext) ? throw problem : new(Problems.WriteAsync(rejected.HttpContext, problem));
        };
    }

    /// <summary>Tells on a submit's answer what is left: of the caller's buckets, the one that is nearer to its end.</summary>
    public Task TellAsync(HttpContext context, RequestDelegate next)
    {
        if (IsSubmit(context))
        {
            context.Response.OnStarting(() =>
            {
                var left = new[] { Left(_sessions, context, _options.SubmitsPerSession), Left(_addresses, context, _options.SubmitsPerAddress) };
                if (left.OfType<(int Limit, long Remaining)>().OrderBy(one => one.Remaining).Cast<(int Limit, long Remaining)?>().FirstOrDefault() is not var (limit, remaining))
                    return Task.CompletedTask;
                var headers = context.Response.Headers;
                headers["RateLimit-Limit"] = limit.ToString(provider: null);
                headers["RateLimit-Remaining"] = remaining.ToString(provider: null);
                headers["RateLimit-Reset"] = Math.Ceiling((limit - remaining) * 60.0 / limit).ToString(provider: null);
                return Task.CompletedTask;
            });
        }
        return next(context);
    }

    public void Dispose()
    {
        _sessions.Dispose();
        _addresses.Dispose();
    }

    private static bool IsSubmit(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<SubmitMarker>() is not null;

    // A platform's servers stand for all its users; its key is what vouches for them.
    private static string? Address(HttpContext context) =>
        context.Features.Get<Caller>() is { IsPlatform: false } && context.Connection.RemoteIpAddress is { } address ? Network(address) : null;

    // Of IPv6, a household has 64 bits to call from.
    private static string Network(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        return Convert.ToHexStringLower(bytes.AsSpan(0, Math.Min(bytes.Length, 8)));
    }

    private static RateLimitPartition<string> Bucket(HttpContext context, string? key, int submits, int reads)
    {
        var isSubmit = IsSubmit(context);
        var perMinute = isSubmit ? submits : reads;
        return key is null || perMinute == 0
            ? RateLimitPartition.GetNoLimiter("")
            : RateLimitPartition.GetTokenBucketLimiter($"{(isSubmit ? 's' : 'r')}{key}", _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = perMinute,
                TokensPerPeriod = Math.Max(1, perMinute / 600),
                ReplenishmentPeriod = TimeSpan.FromMinutes(Math.Max(1, perMinute / 600) / (double)perMinute),
                QueueLimit = 0,
            });
    }

    private static (int Limit, long Remaining)? Left(PartitionedRateLimiter<HttpContext> limiter, HttpContext context, int limit) =>
        limit > 0 && limiter.GetStatistics(context) is { } statistics && statistics.CurrentAvailablePermits <= limit ? (limit, statistics.CurrentAvailablePermits) : null;
}
