using System.Threading.Channels;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The last lines of one process, in memory and in a file that starts anew at 10 MB, keeping one old one.</summary>
internal sealed class ResourceConsole(string? path) : IDisposable
{
    private const int Capacity = 2000;
    private const int LastWordsSearched = 100;
    private const int LastWordsShown = 12;
    private const int LastWordsWidth = 200;
    private const int MaxLineLength = 16 * 1024;
    private const long MaxFileBytes = 10 * 1024 * 1024;

    private readonly Queue<LogLine> _lines = new(Capacity);
    private readonly List<Channel<LogLine>> _watchers = [];
    private readonly Lock _gate = new();
    private StreamWriter? _file;
    private int _count;

    public void Write(string content, bool isError)
    {
        if (content.Length > MaxLineLength)
            content = content[..MaxLineLength] + " …";

        lock (_gate)
        {
            var line = new LogLine(++_count, content, isError);
            if (_lines.Count == Capacity)
                _lines.Dequeue();
            _lines.Enqueue(line);
            foreach (var watcher in _watchers)
                watcher.Writer.TryWrite(line);
            WriteFile(content);
        }
    }

    public IReadOnlyList<LogLine> Tail(int count)
    {
        lock (_gate)
            return [.. _lines.TakeLast(count)];
    }

    /// <summary>What a process that crashed had to say: from the exception on where it names one, else its last lines.</summary>
    public IReadOnlyList<string> LastWords()
    {
        var lines = Tail(LastWordsSearched).Select(l => l.Content.Length <= LastWordsWidth ? l.Content : l.Content[..LastWordsWidth] + "…").ToList();
        var exception = lines.FindLastIndex(l => l.StartsWith("Unhandled exception", StringComparison.Ordinal) || l.StartsWith("Process terminated", StringComparison.Ordinal));
        return exception >= 0 ? lines.GetRange(exception, Math.Min(LastWordsShown, lines.Count - exception)) : [.. lines.TakeLast(LastWordsShown)];
    }

    /// <summary>The lines kept, and from now on each new one; a reader that falls behind loses the oldest.</summary>
    public Channel<LogLine> Watch()
    {
        var channel = Channel.CreateBounded<LogLine>(new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_gate)
        {
            foreach (var line in _lines)
                channel.Writer.TryWrite(line);
            _watchers.Add(channel);
        }

        return channel;
    }

    public void Unwatch(Channel<LogLine> channel)
    {
        lock (_gate)
            _watchers.Remove(channel);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _file?.Dispose();
            _file = null;
            path = null;
        }
    }

    private void WriteFile(string content)
    {
        if (path is null)
            return;

        try
        {
            if (_file is { BaseStream.Length: > MaxFileBytes })
            {
                _file.Dispose();
                _file = null;
                File.Move(path, path + ".1", overwrite: true);
            }

            _file ??= new StreamWriter(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete)) { AutoFlush = true };
            _file.WriteLine(content);
        }
        catch (IOException)
        {
            // A full disk must not stop the process whose output this is; the lines stay in memory.
            path = null;
        }
    }
}
