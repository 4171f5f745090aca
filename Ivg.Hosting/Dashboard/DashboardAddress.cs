using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Ivg.Hosting.Dashboard;

/// <summary>Where the dashboard is and who may see it: whoever holds the link's token once, and then that browser's cookie.</summary>
internal sealed class DashboardAddress
{
    private readonly Lock _gate = new();
    private readonly string _cookie = RandomNumberGenerator.GetHexString(64, lowercase: true);
    private string _token = NewToken();

    /// <summary>0 until the dashboard listens.</summary>
    public int Port { get; set; }

    /// <summary>Cookies are told apart by host and not by port, so the name has the port.</summary>
    public string CookieName => string.Create(CultureInfo.InvariantCulture, $"dashboard-{Port}");

    public string? LoginUrl
    {
        get
        {
            lock (_gate)
                return Port == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"http://localhost:{Port}/login?t={_token}");
        }
    }

    /// <returns>The cookie to set, or null for a wrong or used token.</returns>
    public string? Redeem(string? token)
    {
        lock (_gate)
        {
            if (!Same(token, _token))
                return null;

            _token = NewToken();
            return _cookie;
        }
    }

    public bool Admits(string? cookie) => Same(cookie, _cookie);

    private static string NewToken() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    private static bool Same(string? given, string expected)
        => given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));
}
