namespace Ivg.Migrator.Verbs;

/// <summary>One of the things that this program does: its first argument says which.</summary>
internal interface IVerb
{
    /// <summary>The word on the command line.</summary>
    string Name { get; }

    /// <summary>One line on what it does and what it takes.</summary>
    string Help { get; }

    /// <summary>Does it.</summary>
    /// <param name="arguments">What came after the word.</param>
    /// <param name="cancellationToken">Ends with Ctrl+C.</param>
    /// <returns>The process's exit code.</returns>
    Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken);
}
