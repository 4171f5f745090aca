using System.Text;

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

    /// <summary>What a person types, without showing it; null where there is no person, or one who would rather stop.</summary>
    public async Task<string?> AskAsync(string question, CancellationToken cancellationToken)
    {
        if (!options.WriteToTerminal || Console.IsInputRedirected || Console.IsOutputRedirected)
            return null;

        // Reading a key blocks and takes no token: left alone, it would keep Ctrl+C waiting for Enter.
        var asking = Task.Run(() => Ask(question), CancellationToken.None);
        await Task.WhenAny(asking, Task.Delay(Timeout.Infinite, cancellationToken));
        if (asking.IsCompleted)
            return await asking;

        Console.Out.WriteLine();
        return null;
    }

    private static string? Ask(string question)
    {
        const char endOfInput = '\x04';
        // The first look at the keyboard turns the echo off: before the question, since a quick hand answers it at once.
        _ = Console.KeyAvailable;
        Console.Out.Write(question);
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            // Typed before the terminal began to hand over single keys, it comes as the key that no keyboard has.
            if (key is { KeyChar: endOfInput } or { KeyChar: '\0', Key: ConsoleKey.D2 or ConsoleKey.Spacebar or ConsoleKey.None })
                break;
            if (key.Key == ConsoleKey.Backspace)
                typed.Length = Math.Max(0, typed.Length - 1);
            else if (!char.IsControl(key.KeyChar))
                typed.Append(key.KeyChar);
        }

        Console.Out.WriteLine();
        return typed.ToString();
    }

    public void WriteLine(string line)
    {
        if (!options.WriteToTerminal)
            return;

        lock (_gate)
            Console.Out.WriteLine(line);
    }
}
