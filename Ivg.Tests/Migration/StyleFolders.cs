using Ivg.Tests.Application;
using Ivg.Tests.Architecture;

namespace Ivg.Tests.Migration;

/// <summary>Folders of styles that a test may change, and the migrator that loads them.</summary>
internal static class StyleFolders
{
    private static readonly string[] Files = ["guide.md", "profile.json", "reference.png"];

    /// <summary>Copies our own styles and returns the folder they are in.</summary>
    public static string CopyTo(DirectoryInfo target)
    {
        foreach (var folder in Directory.EnumerateDirectories(Path.Combine(Repository.Root, "styles")).Where(folder => File.Exists(Path.Combine(folder, "guide.md"))))
            Copy(folder, Path.Combine(target.FullName, Path.GetFileName(folder)));
        return target.FullName;
    }

    public static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var name in Files) File.Copy(Path.Combine(from, name), Path.Combine(to, name));
    }

    /// <summary>Starts the migrator; without a folder it loads the styles beside it.</summary>
    public static ServiceProcess Start(string database, string? styles = null) => ServiceProcess.Start("Ivg.Migrator",
        [("ConnectionStrings__ivgdb", database), ("DOTNET_ENVIRONMENT", "Development"), .. styles is null ? [] : new[] { ("STYLES_DIR", styles) }]);

    /// <summary>Runs the migrator to its good end and returns what it printed.</summary>
    public static async Task<string> LoadAsync(string database, string styles)
    {
        await using var migrator = Start(database, styles);
        Assert.True(await migrator.ExitAsync() == 0, migrator.Output);
        return migrator.Output;
    }
}
