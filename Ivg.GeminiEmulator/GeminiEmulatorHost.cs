using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Ivg.GeminiEmulator;

/// <summary>The emulator in this process, on a free loopback port. Cheap enough for one a test.</summary>
public sealed class GeminiEmulatorHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private GeminiEmulatorHost(WebApplication app)
    {
        _app = app;
        BaseUrl = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/";
        Journal = app.Services.GetRequiredService<Journal>();
        Script = app.Services.GetRequiredService<Script>();
    }

    /// <summary>Address with a closing slash.</summary>
    public string BaseUrl { get; }

    /// <summary>What was asked.</summary>
    public Journal Journal { get; }

    /// <summary>What the next answers will be.</summary>
    public Script Script { get; }

    /// <summary>Starts an emulator.</summary>
    public static async Task<GeminiEmulatorHost> StartAsync(EmulatorOptions? options = null, CancellationToken cancellationToken = default)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(Options.Create(options ?? new EmulatorOptions()));
        var app = Build(builder);
        await app.StartAsync(cancellationToken);
        return new GeminiEmulatorHost(app);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        // Stalled answers would otherwise hold the stop for its whole grace.
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    internal static WebApplication Build(WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton<Journal>().AddSingleton<Script>().AddSingleton<Quota>().AddSingleton<Chance>()
            .AddSingleton<Keys>().AddSingleton<CachedAnswers>().AddSingleton<GenerateEndpoint>();
        var app = builder.Build();
        // Made now, so that a mistake in what is left to chance stops the start.
        app.Services.GetRequiredService<Chance>();
        app.MapPost("/v1beta/models/{call}", (string call, HttpContext http, GenerateEndpoint endpoint) => endpoint.AnswerAsync(call, http));
        app.MapModels();
        app.MapAdmin();
        app.MapFallback(http => Answers.WriteAsync(http, 404, "text/html", "<!DOCTYPE html><title>Error 404 (Not Found)!!1</title><p>That's an error."u8.ToArray()));
        return app;
    }
}
