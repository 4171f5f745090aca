using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Ivg.Hosting.State;

/// <summary>Writes to the console of a resource what the model's own code says about it.</summary>
internal sealed class ResourceConsoleLogger(ResourceConsole console) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
        => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            console.Write(formatter(state, exception), isError: logLevel >= LogLevel.Warning);
    }
}
