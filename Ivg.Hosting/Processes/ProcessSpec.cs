namespace Ivg.Hosting.Processes;

/// <summary>How to start a process and how to ask it to stop.</summary>
internal sealed record ProcessSpec
{
    public required string FileName { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    public required string WorkingDirectory { get; init; }

    /// <summary>A null value removes an inherited variable.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Whether the host's own variables, with their secrets, are passed on.</summary>
    public bool InheritEnvironment { get; init; } = true;

    public string? UserName { get; init; }

    /// <summary>Written to the process's input, which is then closed: the way for secrets, which a command line would show.</summary>
    public string? StandardInput { get; init; }

    public StopSignal StopSignal { get; init; } = StopSignal.Term;
}
