namespace Aspire.Hosting.ApplicationModel;

/// <summary>The last lines of one process, in memory and in a file that starts anew at 10 MB, keeping one old one.</summary>
internal sealed class ResourceConsole(string resourceId, string? path, TimeProvider time, Action<ConsoleLine> written) : IDisposable
{
    private const int Capacity = 2000;
    private const int LastWordsSearched = 100;
    private const int LastWordsShown = 12;
    private const int LastWordsWidth = 200;
    private const int MaxLineLength = 16 * 1024;
    private const long MaxFileBytes = 10 * 1024 * 1024;

    private readonly Queue<ConsoleLine> _lines = new(Capacity);
    private readonly Lock _gate = new();
    private StreamWriter? _file;
    private int _count;

    public void Write(string content, bool isError)
    {
        if (content.Length > MaxLineLength)
            content = content[..MaxLineLength] + " …";

        lock (_gate)
        {
            var line = new ConsoleLine(resourceId, new LogLine(++_count, content, isError), time.GetUtcNow());
            if (_lines.Count == Capacity)
                _lines.Dequeue();
            _lines.Enqueue(line);
            written(line);
            WriteFile(content);
        }
    }

    public IReadOnlyList<ConsoleLine> Tail(int count)
    {
        lock (_gate)
            return [.. _lines.TakeLast(count)];
    }

    /// <summary>What a process that crashed had to say: from the exception on where it names one, else its last lines.</summary>
    public IReadOnlyList<string> LastWords()
    {
        var lines = Tail(LastWordsSearched).Select(l => l.Line.Content.Length <= LastWordsWidth ? l.Line.Content : l.Line.Content[..LastWordsWidth] + "…").ToList();
        var exception = lines.FindLastIndex(l => l.StartsWith("Unhandled exception", StringComparison.Ordinal) || l.StartsWith("Process terminated", StringComparison.Ordinal));
        return exception >= 0 ? lines.GetRange(exception, Math.Min(LastWordsShown, lines.Count - exception)) : [.. lines.TakeLast(LastWordsShown)];
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
