using Ivg.Tests.Application;
using Npgsql;

namespace Ivg.Tests.Migration;

/// <summary>The migrator as a process, against databases of its own on the shared server.</summary>
public sealed class MigratorTests : IDisposable
{
    private readonly DirectoryInfo _styles = Directory.CreateTempSubdirectory("ivg-styles-");

    public void Dispose() => _styles.Delete(recursive: true);

    [Fact]
    public async Task Migrate_TwiceAtOnceThenAgain_CreatesTheDatabaseAndDoesNoHarm()
    {
        var database = await NewDatabaseAsync();
        await using var first = StyleFolders.Start(database);
        await using var second = StyleFolders.Start(database);
        Assert.Equal((0, 0), (await first.ExitAsync(), await second.ExitAsync()));
        var loaded = await StylesAsync(database);
        Assert.Equal(8, loaded.Count);

        await using var again = StyleFolders.Start(database);
        Assert.Equal(0, await again.ExitAsync());
        Assert.Equal(loaded, await StylesAsync(database));
        Assert.Contains("0 scripts were applied", again.Output);
        Assert.Contains("8 styles are loaded, 0 of them new or changed, 0 folders are broken", again.Output);
    }

    [Fact]
    public async Task Migrate_ChangedGuide_UpdatesThatStyleAlone()
    {
        var (database, styles) = (await NewDatabaseAsync(), StyleFolders.CopyTo(_styles));
        await StyleFolders.LoadAsync(database, styles);
        var before = await StylesAsync(database);
        var guide = Path.Combine(styles, "ink-line", "guide.md");
        await File.WriteAllTextAsync(guide, (await File.ReadAllTextAsync(guide)).Replace("name: ", "name: Finer ", StringComparison.Ordinal));
        var output = await StyleFolders.LoadAsync(database, styles);
        var after = await StylesAsync(database);

        Assert.Contains("8 styles are loaded, 1 of them new or changed", output);
        Assert.Equal(before.Select(style => style.Id), after.Select(style => style.Id));
        Assert.Equal("ink-line", Assert.Single(after.Except(before)).Id);
        Assert.StartsWith("Finer ", after.Single(style => style.Id == "ink-line").Name);
    }

    [Theory]
    [InlineData("guide.md", "no front matter at all", "no front matter")]
    [InlineData("guide.md", "---\nname: A name\n---\nrules", "summary")]
    [InlineData("guide.md", "---\nname: [unclosed\n---\nrules", "ink-line")]
    [InlineData("profile.json", "{ not json", "ink-line")]
    [InlineData("profile.json", "{}", "profile.json")]
    [InlineData("profile.json", "null", "profile.json")]
    [InlineData("reference.png", "not a picture", "no picture")]
    [InlineData("guide.md", null, "guide.md")]
    public async Task Migrate_BrokenFolder_IsNamedWithItsReasonAndTheOthersLoad(string file, string? content, string reason)
    {
        var (database, styles) = (await NewDatabaseAsync(), StyleFolders.CopyTo(_styles));
        var path = Path.Combine(styles, "ink-line", file);
        if (content is null) File.Delete(path);
        else await File.WriteAllTextAsync(path, content);
        var output = await StyleFolders.LoadAsync(database, styles);

        Assert.Contains($"The style folder {Path.Combine(styles, "ink-line")} is not loaded", output);
        Assert.Contains(reason, output);
        Assert.Contains("1 folders are broken", output);
        Assert.Equal(7, (await StylesAsync(database)).Count);
    }

    [Fact]
    public async Task Migrate_StyleThatBreaksLater_StaysAsItWas()
    {
        var (database, styles) = (await NewDatabaseAsync(), StyleFolders.CopyTo(_styles));
        await StyleFolders.LoadAsync(database, styles);
        var before = await StylesAsync(database);
        await File.WriteAllTextAsync(Path.Combine(styles, "ink-line", "profile.json"), "{ not json");
        await StyleFolders.LoadAsync(database, styles);

        Assert.Equal(before, await StylesAsync(database));
    }

    private static async Task<string> NewDatabaseAsync()
    {
        var app = await SharedApplication.GetAsync();
        return new NpgsqlConnectionStringBuilder(app.DatabaseConnection) { Database = $"migrated_{Guid.CreateVersion7():N}" }.ConnectionString;
    }

    private static async Task<IReadOnlyList<(string Id, string Name, DateTime UpdatedAt)>> StylesAsync(string database)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand("select style_id, name, updated_at from styles where removed_at is null order by style_id");
        await using var rows = await command.ExecuteReaderAsync();
        var styles = new List<(string, string, DateTime)>();
        while (await rows.ReadAsync()) styles.Add((rows.GetString(0), rows.GetString(1), rows.GetDateTime(2)));
        return styles;
    }
}
