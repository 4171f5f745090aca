using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Ivg.Core.BackgroundRemoval;
using Ivg.Tests.Architecture;

namespace Ivg.Tests.Licences;

/// <summary>The page of licences: what the packages' own manifests say of everything that the build resolved, and the catalogue of its models.</summary>
internal static class LicencePage
{
    private static readonly string[] Shipped = ["Ivg.Api", "Ivg.GenerateWorker", "Ivg.BgWorker", "Ivg.Migrator", "Ivg.AppHost"];

    // Addresses in place of an SPDX expression, and what stands there.
    private static readonly Dictionary<string, string> Known = new()
    {
        ["http://go.microsoft.com/fwlink/?LinkId=329770"] = "Microsoft's for .NET libraries",
        ["https://github.com/sprache/Sprache/blob/master/licence.txt"] = "MIT",
    };

    public static string Write()
    {
        var page = new StringBuilder("""
            # Licences

            Made from the packages' own manifests and the catalogue of models: `IVG_SNAPSHOTS=write dotnet test --filter LicenceTests` writes it anew, and the test fails until what changed has been read. IVG itself is MIT.

            ## Packages of the services and the AppHost

            | package | version | licence | in |
            | --- | --- | --- | --- |

            """);
        foreach (var package in Packages()) page.AppendLine($"| {package.Key.Name} | {package.Key.Version} | {package.Key.Licence} | {string.Join(", ", package.Select(one => one.Project["Ivg.".Length..]).Distinct())} |");
        page.AppendLine("""

            ## Weights of the models

            None is in the repository or in an image: each is fetched when it is first wanted.

            | model | licence |
            | --- | --- |
            """);
        foreach (var model in ModelCatalogue.BuiltIn) page.AppendLine($"| `{model.Name}` | {model.Licence} |");
        return page.ToString();
    }

    private static IEnumerable<IGrouping<(string Name, string Version, string Licence), (string Project, string Name)>> Packages() =>
        Shipped.SelectMany(project =>
        {
            var assets = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "artifacts", "obj", project, "project.assets.json")))!;
            var folder = assets["packageFolders"]!.AsObject().First().Key;
            // What is needed to build and not to run has nothing to hand on.
            var needed = assets["targets"]!.AsObject().SelectMany(target => target.Value!.AsObject()).Where(one => (string?)one.Value!["type"] == "package"
                && (one.Value["runtime"] ?? one.Value["runtimeTargets"] ?? one.Value["native"] ?? one.Value["contentFiles"]) is not null).Select(one => one.Key).ToHashSet();
            return assets["libraries"]!.AsObject().Where(library => needed.Contains(library.Key))
                .Select(library => (Project: project, Name: library.Key, Manifest: Path.Combine(folder, (string)library.Value!["path"]!)));
        })
        .Select(one => (one.Project, one.Name, Licence: Licence(one.Manifest)))
        .GroupBy(one => (one.Name.Split('/')[0], one.Name.Split('/')[1], one.Licence), one => (one.Project, one.Name))
        .OrderBy(one => one.Key.Item1, StringComparer.OrdinalIgnoreCase);

    private static string Licence(string folder)
    {
        var metadata = XDocument.Load(Directory.GetFiles(folder, "*.nuspec").Single()).Root!.Elements().Single(one => one.Name.LocalName == "metadata");
        var licence = metadata.Elements().FirstOrDefault(one => one.Name.LocalName == "license");
        if (licence is not null && (string?)licence.Attribute("type") == "expression") return licence.Value;
        if (licence is not null) return FromFile(Path.Combine(folder, licence.Value));
        var url = metadata.Elements().FirstOrDefault(one => one.Name.LocalName == "licenseUrl")?.Value;
        return url is null ? "none named" : Known.GetValueOrDefault(url, url);
    }

    private static string FromFile(string file)
    {
        var text = File.Exists(file) ? File.ReadAllText(file) : "";
        return text.Contains("MIT License", StringComparison.OrdinalIgnoreCase) || text.Contains("Permission is hereby granted, free of charge", StringComparison.Ordinal) ? "MIT"
            : text.Contains("Apache License", StringComparison.Ordinal) ? "Apache-2.0" : $"its file {Path.GetFileName(file)}";
    }
}
