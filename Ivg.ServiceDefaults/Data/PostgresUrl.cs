using Npgsql;

namespace Ivg.ServiceDefaults.Data;

/// <summary>Takes <c>postgresql://user:password@host:port/database?option=value</c> as well as Npgsql's own form.</summary>
internal static class PostgresUrl
{
    // Every statement here looks rows up by an index, few at a time, and its plan is kept for as long as its connection. Left to
    // itself the planner reads a table whole, or a partial index full of dead entries, for as long as it believes them small:
    // until the first analyse on a new database, and whenever a backlog grows faster than its statistics. That made it 3 to 5 times slower.
    private const string Planner = "-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c random_page_cost=1.1 -c jit=off";

    /// <summary>A server of few cores does less the more connections it serves at once, and no statement here leaves anything in its session.</summary>
    public const int PoolSize = 24;

    /// <summary>Npgsql's form; statements are prepared when they come again, unless the string says otherwise: the larger ones cost more to plan than to run.</summary>
    public static string ToConnectionString(string value, int poolSize = PoolSize)
    {
        var builder = new NpgsqlConnectionStringBuilder(ToNpgsqlForm(value));
        if (!builder.ShouldSerialize("Max Auto Prepare")) builder.MaxAutoPrepare = 64;
        if (!builder.ShouldSerialize("Maximum Pool Size")) builder.MaxPoolSize = poolSize;
        if (!builder.ShouldSerialize("No Reset On Close")) builder.NoResetOnClose = true;
        if (!builder.ShouldSerialize("Options")) builder.Options = Planner;
        return builder.ConnectionString;
    }

    private static string ToNpgsqlForm(string value)
    {
        // SQLAlchemy writes postgresql+psycopg://; the driver after the plus says nothing to us.
        var scheme = value.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0 || !value.StartsWith("postgres", StringComparison.OrdinalIgnoreCase)) return value;
        var url = new Uri("postgresql" + value[scheme..]);
        var (user, password) = Credentials(url);
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = url.Host,
            Port = url.IsDefaultPort || url.Port < 0 ? 5432 : url.Port,
            Database = Uri.UnescapeDataString(url.AbsolutePath.TrimStart('/')),
            Username = user,
            Password = password,
        };
        foreach (var pair in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            var key = parts[0].Equals("sslmode", StringComparison.OrdinalIgnoreCase) ? "SSL Mode" : parts[0];
            var option = Uri.UnescapeDataString(parts.ElementAtOrDefault(1) ?? "");
            builder[key] = key == "SSL Mode" ? option.Replace("-", "", StringComparison.Ordinal) : option;
        }
        return builder.ConnectionString;
    }

    private static (string? User, string? Password) Credentials(Uri url)
    {
        if (url.UserInfo.Length == 0) return (null, null);
        var parts = url.UserInfo.Split(':', 2);
        return (Uri.UnescapeDataString(parts[0]), parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : null);
    }
}
