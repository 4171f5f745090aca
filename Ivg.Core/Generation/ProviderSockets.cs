using System.Diagnostics;

namespace Ivg.Core.Generation;

/// <summary>How connections to image services are made.</summary>
internal static class ProviderSockets
{
    public static SocketsHttpHandler Create() => new()
    {
        // A redirect would carry the key to wherever it points.
        AllowAutoRedirect = false,
        UseCookies = false,
        // Baggage names the user, which is no business of another company's.
        ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };
}
