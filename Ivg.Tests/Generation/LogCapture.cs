using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Ivg.Tests.Generation;

/// <summary>Keeps every log line, its scopes and exceptions, at every level.</summary>
internal sealed class LogCapture : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    public string All => string.Join('\n', _lines);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull
    {
        Keep(state);
        return null;
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        _lines.Enqueue(formatter(state, exception) + exception);
        Keep(state);
    }

    public void Dispose()
    {
    }

    private void Keep<TState>(TState state)
    {
        _lines.Enqueue(state?.ToString() ?? "");
        if (state is IEnumerable<KeyValuePair<string, object?>> pairs)
            foreach (var pair in pairs) _lines.Enqueue($"{pair.Key}={pair.Value}");
    }
}
