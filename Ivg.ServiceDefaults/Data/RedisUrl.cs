using StackExchange.Redis;

namespace Ivg.ServiceDefaults.Data;

/// <summary>Takes <c>redis://:password@host:port/database</c> and <c>rediss://</c> as well as StackExchange.Redis's own form.</summary>
internal static class RedisUrl
{
    public static ConfigurationOptions ToOptions(string value)
    {
        var options = value.StartsWith("redis://", StringComparison.OrdinalIgnoreCase) || value.StartsWith("rediss://", StringComparison.OrdinalIgnoreCase)
            ? FromUrl(new Uri(value))
            : ConfigurationOptions.Parse(value);
        // A service starts and heals without Redis: jobs are rows first.
        options.AbortOnConnectFail = false;
        // A command that waits for a lost connection would be sent long after its caller gave up.
        options.BacklogPolicy = BacklogPolicy.FailFast;
        // After a failover the client asks a server for its role only so often, and sends no write to what was a replica the last time.
        options.ConfigCheckSeconds = 5;
        return options;
    }

    private static ConfigurationOptions FromUrl(Uri url)
    {
        var credentials = url.UserInfo.Split(':', 2);
        var options = new ConfigurationOptions
        {
            Ssl = url.Scheme == "rediss",
            User = credentials[0].Length > 0 ? Uri.UnescapeDataString(credentials[0]) : null,
            Password = credentials.Length == 2 ? Uri.UnescapeDataString(credentials[1]) : null,
            DefaultDatabase = int.TryParse(url.AbsolutePath.TrimStart('/'), out var database) ? database : 0,
        };
        options.EndPoints.Add(url.Host, url.Port > 0 ? url.Port : 6379);
        return options;
    }
}
