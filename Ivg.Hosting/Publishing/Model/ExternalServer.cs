using System.Data.Common;
using System.Globalization;
using System.Net;
using StackExchange.Redis;

namespace Ivg.Hosting.Publishing.Model;

/// <summary>Where a server that is somebody else's listens, and whether it asks for a password: all that a manifest may say of its connection string.</summary>
internal sealed record ExternalServer(string Host, int Port, bool Tls)
{
    private const int PostgresPort = 5432;
    private const int RedisPort = 6379;

    /// <summary>Told of Redis alone: whoever else logs in has the whole connection string.</summary>
    public bool HasPassword { get; init; }

    public static ExternalServer OfPostgres(string connectionString)
    {
        if (Uri.TryCreate(connectionString, UriKind.Absolute, out var url) && url.Host.Length > 0)
            return new ExternalServer(url.Host, url.Port > 0 ? url.Port : PostgresPort, Tls: false);
        var parts = new DbConnectionStringBuilder { ConnectionString = connectionString };
        var host = Value(parts, "Host") ?? Value(parts, "Server") ?? "";
        return new ExternalServer(host, int.TryParse(Value(parts, "Port"), CultureInfo.InvariantCulture, out var port) ? port : PostgresPort, Tls: false);
    }

    public static ExternalServer OfRedis(string connectionString)
    {
        if (Uri.TryCreate(connectionString, UriKind.Absolute, out var url) && url.Scheme is "redis" or "rediss")
            return new ExternalServer(url!.Host, url.Port > 0 ? url.Port : RedisPort, url.Scheme == "rediss") { HasPassword = url.UserInfo.Split(':', 2) is [_, { Length: > 0 }] };
        var options = ConfigurationOptions.Parse(connectionString);
        options.SetDefaultPorts();
        var server = options.EndPoints.FirstOrDefault() switch
        {
            DnsEndPoint dns => new ExternalServer(dns.Host, dns.Port, options.Ssl),
            IPEndPoint ip => new ExternalServer(ip.Address.ToString(), ip.Port, options.Ssl),
            _ => new ExternalServer("", RedisPort, options.Ssl),
        };
        return server with { HasPassword = !string.IsNullOrEmpty(options.Password) };
    }

    private static string? Value(DbConnectionStringBuilder parts, string key) => parts.TryGetValue(key, out var value) ? value.ToString() : null;
}
