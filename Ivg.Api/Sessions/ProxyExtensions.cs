using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace Ivg.Api.Sessions;

internal static class ProxyExtensions
{
    public static void AddProxies(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<ProxyOptions>().Bind(builder.Configuration).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddCors();
        builder.Services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<ProxyOptions>>((forwarded, proxies) =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            // As many hops as are known: the walk ends at the first address that is not on the list, which is the caller's.
            forwarded.ForwardLimit = null;
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var network in proxies.Value.Networks) forwarded.KnownIPNetworks.Add(network);
        });
    }

    /// <summary>First of all, so that whoever looks at the request sees the caller's address and scheme.</summary>
    public static void UseProxies(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<ProxyOptions>>().Value;
        if (options.Networks.Count > 0) app.UseForwardedHeaders();
        if (options.Origins.Length > 0)
        {
            app.UseCors(policy => policy.WithOrigins(options.Origins).AllowAnyMethod().AllowAnyHeader()
                .WithExposedHeaders("ETag", "Location", "Retry-After", "X-Request-Id", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"));
        }
    }
}
