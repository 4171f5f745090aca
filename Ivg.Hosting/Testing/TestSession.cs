using System.Reflection;
using Ivg.Hosting.Builder;

namespace Ivg.Hosting.Testing;

/// <summary>Runs an AppHost's own entry point up to the point where it builds its application, and takes the builder from it.</summary>
internal sealed class TestSession(Assembly appHostAssembly, string[] args)
{
    private static readonly AsyncLocal<TestSession?> Ambient = new();
    private DistributedApplicationBuilder? _builder;

    /// <summary>The session in whose entry point the caller runs, if any.</summary>
    public static TestSession? Current => Ambient.Value;

    public Assembly AppHostAssembly { get; } = appHostAssembly;

    public string[] Args { get; } = args;

    public Task<DistributedApplicationBuilder> RunEntryPointAsync(CancellationToken cancellationToken)
        => Task.Run(RunEntryPoint, cancellationToken);

    /// <summary>Called where the entry point builds: the rest of it is not run.</summary>
    public void Intercept(DistributedApplicationBuilder builder)
    {
        if (_builder is not null)
            return;

        _builder = builder;
        throw new BuilderTaken();
    }

    private async Task<DistributedApplicationBuilder> RunEntryPoint()
    {
        Ambient.Value = this;
        var entryPoint = AppHostAssembly.EntryPoint ?? throw new InvalidOperationException($"{AppHostAssembly.GetName().Name} has no entry point.");
        try
        {
            var result = entryPoint.Invoke(null, entryPoint.GetParameters().Length == 0 ? null : [Args]);
            if (result is Task task)
                await task;
        }
        catch (TargetInvocationException ex) when (ex.InnerException is BuilderTaken)
        {
            // As intended.
        }
        catch (BuilderTaken)
        {
            // The same from an asynchronous entry point.
        }

        return _builder ?? throw new InvalidOperationException($"{AppHostAssembly.GetName().Name} ended without building an application.");
    }

    private sealed class BuilderTaken : Exception;
}
