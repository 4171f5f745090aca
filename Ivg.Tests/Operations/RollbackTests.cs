using Dapper;
using Ivg.Migrator.Verbs;
using Ivg.Tests.Application;
using Npgsql;

namespace Ivg.Tests.Operations;

/// <summary>
/// A service of the former version works on the new schema, and so can be rolled back to: the newest script leaves everything there that it can name, and
/// asks nothing new of what it writes. Held against the catalogues of both schemas in a real server, whatever the scripts say.
/// </summary>
public sealed class RollbackTests
{
    // What a statement can name or stumble over: columns with their types, what a row must have, functions, checks and unique indexes.
    private const string Catalogue = """
        select 'column ' || table_name || '.' || column_name || ' ' || udt_name from information_schema.columns where table_schema = 'public'
        union all select 'function ' || p.oid::regprocedure || ' ' || p.prorettype::regtype from pg_proc p where pronamespace = 'public'::regnamespace
        union all select 'sequence ' || sequence_name from information_schema.sequences where sequence_schema = 'public'
        """;

    private const string Demands = """
        select 'must have ' || table_name || '.' || column_name from information_schema.columns
          where table_schema = 'public' and is_nullable = 'NO' and column_default is null and is_identity = 'NO' and is_generated = 'NEVER'
        union all select 'check ' || conrelid::regclass || ' ' || pg_get_constraintdef(oid) from pg_constraint where connamespace = 'public'::regnamespace and contype in ('c', 'f', 'x')
        union all select 'unique ' || regexp_replace(indexdef, '^.* ON ', '') from pg_indexes where schemaname = 'public' and indexdef like 'CREATE UNIQUE%'
        """;

    private const string Tables = "select table_name from information_schema.tables where table_schema = 'public'";

    [Fact]
    public async Task Newest_script_takes_nothing_away_and_demands_nothing_new_of_the_former_versions_rows()
    {
        var app = await SharedApplication.GetAsync();
        await using var admin = await app.Database.OpenConnectionAsync();
        var name = $"rollback_{Guid.CreateVersion7():N}";
        await admin.ExecuteAsync($"create database {name}");
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(app.DatabaseConnection) { Database = name }.ConnectionString);
        await using var connection = await database.OpenConnectionAsync();
        var assembly = typeof(IVerb).Assembly;
        var scripts = assembly.GetManifestResourceNames().Where(script => script.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        Assert.True(scripts.Count >= 2);
        foreach (var script in scripts[..^1]) await ApplyAsync(script);
        var (former, demanded, tables) = (await ReadAsync(Catalogue), await ReadAsync(Demands), await ReadAsync(Tables));
        await ApplyAsync(scripts[^1]);
        var (present, demands) = (await ReadAsync(Catalogue), await ReadAsync(Demands));

        Assert.NotEmpty(former);
        Assert.Superset(former.ToHashSet(), present.ToHashSet());
        // Of its own tables the new version may demand what it likes.
        Assert.DoesNotContain(demands.Except(demanded), demand => tables.Any(table => demand.Contains($" {table}.", StringComparison.Ordinal)
            || demand.Contains($" {table} ", StringComparison.Ordinal) || demand.Contains($"public.{table} ", StringComparison.Ordinal)));

        async Task ApplyAsync(string script)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(script)!);
            await connection.ExecuteAsync(await reader.ReadToEndAsync());
        }

        async Task<List<string>> ReadAsync(string query) => [.. await connection.QueryAsync<string>(query)];
    }
}
