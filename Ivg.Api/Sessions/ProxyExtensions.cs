using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace Ivg.Api.Sessions;

internal static class ProxyExtensions
{
    public static void AddProxies(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<ProxyOptions>().Bind(builder.Configuration).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddCors();
        // After everybody else's: with ASPNETCORE_FORWARDEDHEADERS_ENABLED the framework believes these headers from anyone, and puts
        // its middleware first whether or not ours is there.
        builder.Services.AddOptions<ForwardedHeadersOptions>().PostConfigure<IOptions<ProxyOptions>>((forwarded, proxies) =>
        {
            var networks = proxies.Value.Networks;
            // An empty list of known proxies would not mean nobody: nobody is then checked.
            forwarded.ForwardedHeaders = networks.Count == 0 ? ForwardedHeaders.None
                : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            // As many hops as are known: the walk ends at the first address that is not on the list, which is the caller's.
            forwarded.ForwardLimit = null;
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var network in networks) forwarded.KnownIPNetworks.Add(network);
        });
    }

    /// <summary>Before callers and limits, the first to go by the caller's address, scheme and host; and after routing, whose endpoints CORS asks.</summary>
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
