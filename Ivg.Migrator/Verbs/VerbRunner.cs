namespace Ivg.Migrator.Verbs;

/// <summary>Runs the verb that the command line names; <c>migrate</c> when it names none.</summary>
internal sealed class VerbRunner(IEnumerable<IVerb> verbs)
{
    private const int NotUnderstood = 2;

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var word = arguments.Count > 0 ? arguments[0] : "migrate";
        if (verbs.FirstOrDefault(verb => verb.Name == word) is { } found) return await found.RunAsync([.. arguments.Skip(1)], cancellationToken);
        await Console.Error.WriteLineAsync($"There is no verb {word}. There are:\n  {string.Join("\n  ", verbs.Select(verb => verb.Help))}");
        return NotUnderstood;
    }
}
