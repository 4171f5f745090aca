using Ivg.Migrator.Schema;
using Ivg.Migrator.Styles;

namespace Ivg.Migrator.Verbs;

/// <summary>Brings the database to what this version needs.</summary>
internal sealed class MigrateVerb(DatabaseCreator database, SchemaUpgrader schema, StyleLoader styles) : IVerb
{
    public string Name => "migrate";

    public string Help => "migrate                creates the database, the schema and the styles (the default)";

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        await database.EnsureAsync(cancellationToken);
        await schema.UpgradeAsync(cancellationToken);
        await styles.LoadAsync(cancellationToken);
        return 0;
    }
}
