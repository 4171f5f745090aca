namespace Ivg.Hosting;

/// <summary>What the person who typed <c>dotnet run</c> reads.</summary>
internal sealed class Terminal(EmbeddedHostOptions options, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly long _started = time.GetTimestamp();

    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    public void Say(string resource, string message)
        => WriteLine($"{time.GetLocalNow():HH:mm:ss}  {resource,-18} {message}");

    public void Quote(IEnumerable<string> lines)
    {
        foreach (var line in lines)
            WriteLine($"          | {line}");
    }

    public void WriteLine(string line)
    {
        if (!options.WriteToTerminal)
            return;

        lock (_gate)
            Console.Out.WriteLine(line);
    }
}
