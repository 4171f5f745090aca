using Ivg.Migrator.Schema;

namespace Ivg.Migrator.Verbs;

/// <summary>Ends when the schema is there, for services that are started beside the migrator.</summary>
internal sealed class WaitVerb(SchemaWaiter schema) : IVerb
{
    public string Name => "wait";

    public string Help => "wait                   ends when the schema is what this version needs";

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        await schema.WaitAsync(cancellationToken);
        return 0;
    }
}
