namespace Ivg.Tests.Application;

/// <summary>An application as it stands in production, with keys and without leave for private addresses; its tests may pause queues and cut connections. Its AppHost shows the dashboard.</summary>
public sealed class GuardedApplication : IAsyncLifetime
{
    public const string PlatformKey = "a-platform-key-of-the-tests";

    public const string WebhookSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private IvgApplication? _app;

    internal IvgApplication App => _app!;

    public async Task InitializeAsync() => _app = await IvgApplication.StartAsync(
        ["--Hosting:DashboardEnabled=true"],
        ("ASPNETCORE_ENVIRONMENT", "Production"), ("DOTNET_ENVIRONMENT", "Production"), ("APP_SECRET_KEY", new string('s', 32)),
        ("PLATFORM_API_KEYS", PlatformKey), ("WEBHOOK_SECRET", WebhookSecret), ("STREAMS_PER_SESSION", "3"));

    public async Task DisposeAsync() => await App.DisposeAsync();

    internal IvgClient NewUser()
    {
        var user = App.NewUser();
        user.Http.DefaultRequestHeaders.Authorization = new("Bearer", PlatformKey);
        return user;
    }
}
