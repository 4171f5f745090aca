using Aspire.Hosting.ApplicationModel;
using Ivg.Hosting.Builder;
using Ivg.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting;

/// <summary>An application model that runs.</summary>
public class DistributedApplication : IHost, IAsyncDisposable
{
    private readonly IHost _host;
    private static int _explains;
    private readonly DistributedApplicationOperation _operation;
    private bool _ended;

    internal DistributedApplication(IHost host, DistributedApplicationOperation operation)
    {
        _host = host;
        _operation = operation;
    }

    public IServiceProvider Services => _host.Services;

    public ResourceNotificationService ResourceNotifications => Services.GetRequiredService<ResourceNotificationService>();

    public ResourceCommandService ResourceCommands => Services.GetRequiredService<ResourceCommandService>();

    public static IDistributedApplicationBuilder CreateBuilder() => CreateBuilder([]);

    public static IDistributedApplicationBuilder CreateBuilder(string[] args) => CreateBuilder(new DistributedApplicationOptions { Args = args });

    public static IDistributedApplicationBuilder CreateBuilder(DistributedApplicationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ExplainUnhandled();
        return new DistributedApplicationBuilder(options);
    }

    /// <summary>Starts everything, returns once that is under way; the notifications tell how it goes.</summary>
    /// <exception cref="DistributedApplicationException">Something forbids the start; nothing has been started.</exception>
    public virtual Task StartAsync(CancellationToken cancellationToken = default) => _host.StartAsync(cancellationToken);

    public virtual Task StopAsync(CancellationToken cancellationToken = default) => _host.StopAsync(cancellationToken);

    /// <summary>Runs until Ctrl+C or SIGTERM. What forbids the start is written to the error output, and the exit code is 1.</summary>
    public virtual async Task RunAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await _host.RunAsync(cancellationToken);
            _ended = true;
        }
        catch (Exception ex) when (ex is DistributedApplicationException or OptionsValidationException)
        {
            Fail(ex);
        }
    }

    /// <summary>As <see cref="RunAsync"/>.</summary>
    public void Run()
    {
        try
        {
            _host.Run();
            _ended = true;
        }
        catch (Exception ex) when (ex is DistributedApplicationException or OptionsValidationException)
        {
            Fail(ex);
        }
    }

    public virtual void Dispose()
    {
        _ended = true;
        _host.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Stops what still runs, and then lets go of everything.</summary>
    public virtual async ValueTask DisposeAsync()
    {
        if (_ended)
            return;

        _ended = true;
        await _host.StopAsync();
        if (_host is IAsyncDisposable disposable)
            await disposable.DisposeAsync();
        else
            _host.Dispose();
        GC.SuppressFinalize(this);
    }

    // A model that is wrong is refused while the entry point still puts it together, where nobody else would catch it.
    private static void ExplainUnhandled()
    {
        if (TestSession.Current is not null || Interlocked.Exchange(ref _explains, 1) == 1)
            return;

        AppDomain.CurrentDomain.UnhandledException += (_, unhandled) =>
        {
            if (unhandled.ExceptionObject is not DistributedApplicationException reason)
                return;
            Console.Error.WriteLine($"Cannot build the model: {reason.Message}");
            Environment.Exit(1);
        };
    }

    private void Fail(Exception reason)
    {
        Console.Error.WriteLine($"Cannot {(_operation == DistributedApplicationOperation.Publish ? "publish" : "start")}: {reason.Message}");
        Environment.ExitCode = 1;
    }
}
