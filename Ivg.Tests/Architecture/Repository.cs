using System.Xml.Linq;

namespace Ivg.Tests.Architecture;

/// <summary>The source tree that this build came from.</summary>
internal static class Repository
{
    /// <summary>The folder that holds all projects.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Our own references of a project, in order, without the <c>Ivg.</c>.</summary>
    public static string[] References(string project) =>
    [
        .. XDocument.Load(Path.Combine(Root, $"Ivg.{project}", $"Ivg.{project}.csproj")).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/'))["Ivg.".Length..])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Files of the projects by pattern, build output left out.</summary>
    public static IEnumerable<string> Files(string pattern) =>
        Directory.EnumerateDirectories(Root, "Ivg.*")
            .SelectMany(project => Directory.EnumerateFiles(project, pattern, SearchOption.AllDirectories))
            .Where(file => !Path.GetRelativePath(Root, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules"));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException($"No source tree above {AppContext.BaseDirectory}.");
        return folder.FullName;
    }
}
