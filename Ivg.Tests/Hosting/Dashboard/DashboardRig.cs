using System.Net;
using System.Text.Json.Nodes;
using Aspire.Hosting;
using Aspire.Hosting.Testing;
using Ivg.Hosting.Dashboard;
using Ivg.Hosting.Telemetry;
using Ivg.Hosting.Telemetry.Otlp;
using Microsoft.Extensions.DependencyInjection;

namespace Ivg.Tests.Hosting.Dashboard;

/// <summary>A host with its dashboard, and somebody who has opened it.</summary>
internal sealed class DashboardRig : IAsyncDisposable
{
    private readonly IDistributedApplicationTestingBuilder _builder;
    private readonly CookieContainer _cookies = new();

    private DashboardRig(IDistributedApplicationTestingBuilder builder, DistributedApplication app)
    {
        (_builder, App) = (builder, app);
        Login = new Uri(app.Services.GetRequiredService<DashboardAddress>().LoginUrl!);
        Http = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies }) { BaseAddress = new Uri(Login, "/") };
        Http.DefaultRequestHeaders.Add("X-Dashboard", "1");
    }

    public DistributedApplication App { get; }

    /// <summary>Used up by the rig's own client; the next is made then.</summary>
    public Uri Login { get; private set; }

    public HttpClient Http { get; }

    public OtlpAccess Otlp => App.Services.GetRequiredService<OtlpAccess>();

    public TelemetryStore Store => App.Services.GetRequiredService<TelemetryStore>();

    public static async Task<DashboardRig> StartAsync(Action<IDistributedApplicationTestingBuilder>? model = null, params string[] args)
    {
        var builder = DistributedApplicationTestingBuilder.Create(["--Hosting:DashboardEnabled=true", .. args]);
        model?.Invoke(builder);
        var app = await builder.BuildAsync();
        await app.StartAsync(Shell.Timeout());
        var rig = new DashboardRig(builder, app);
        using var opened = await rig.Http.GetAsync(rig.Login);
        Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
        rig.Login = new Uri(app.Services.GetRequiredService<DashboardAddress>().LoginUrl!);
        return rig;
    }

    public async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await Http.GetStringAsync(new Uri(path, UriKind.Relative)))!;

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await App.DisposeAsync();
        await _builder.DisposeAsync();
    }
}
