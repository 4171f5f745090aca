using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Ivg.Core.Data;
using Ivg.Core.Jobs;

namespace Ivg.Tests.Architecture;

/// <summary>The arrows between the projects, and the few rules that keep the house small.</summary>
public sealed partial class DependencyTests
{
    private const int LongestFile = 250;

    private static readonly string[] Services = ["Api", "BgWorker", "GenerateWorker", "Migrator"];

    [Theory]
    [InlineData("Core")]
    [InlineData("ServiceDefaults")]
    [InlineData("Hosting")]
    public void Foundation_ReferencesNoProjectOfOurs(string project) => Assert.Empty(Repository.References(project));

    [Theory]
    [InlineData("Api")]
    [InlineData("BgWorker")]
    [InlineData("GenerateWorker")]
    [InlineData("Migrator")]
    public void Service_UsesCoreAndServiceDefaultsAlone(string project) =>
        Assert.Equal(["Core", "ServiceDefaults"], Repository.References(project));

    [Fact]
    public void AppHost_NamesTheServicesTheEmulatorAndItsEngine() => Assert.Equal([.. Services.Append("Hosting").Append("GeminiEmulator").Order(StringComparer.Ordinal)], Repository.References("AppHost"));

    [Fact]
    public void AppHost_DoesNotLinkToTheServicesCode()
    {
        var linked = Assembly.Load("Ivg.AppHost").GetReferencedAssemblies().Select(assembly => assembly.Name!).Where(name => name.StartsWith("Ivg.", StringComparison.Ordinal));
        Assert.Equal(["Ivg.Hosting"], linked);
        var words = Repository.Files("*.cs").Where(file => Belongs(file, "AppHost")).SelectMany(File.ReadLines);
        Assert.DoesNotContain(words, line => line.Contains("using Ivg.Core", StringComparison.Ordinal) || line.Contains("using Ivg.Api", StringComparison.Ordinal));
    }

    [Fact]
    public void Hosting_KnowsNothingOfIvg()
    {
        // Its own namespace is Ivg.Hosting; nothing else of the vocabulary may appear.
        var lines = Repository.Files("*.cs").Where(file => Belongs(file, "Hosting")).SelectMany(file => File.ReadLines(file).Select(line => (file, line)));
        Assert.DoesNotContain(lines, one => Foreign().IsMatch(one.line));
    }

    [Fact]
    public void Core_IsFreeOfHttpAndOfHosting()
    {
        var referenced = typeof(JobKind).Assembly.GetReferencedAssemblies().Select(assembly => assembly.Name!).ToList();
        Assert.DoesNotContain(referenced, name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
        Assert.DoesNotContain(referenced, name => name.StartsWith("Aspire", StringComparison.Ordinal));
    }

    [Fact]
    public void NetVips_IsSaidInOneFile()
    {
        var speakers = Repository.Files("*.cs").Where(file => !Belongs(file, "Tests") && Speaks().IsMatch(File.ReadAllText(file)));
        Assert.Equal("Pictures.cs", Path.GetFileName(Assert.Single(speakers)));
    }

    [Fact]
    public void SystemsOwnCalls_AreInOneFolder()
    {
        // The rest has to run on Windows and macOS too. What is published is for containers.
        var folders = Repository.Files("*.cs").Where(file => !Belongs(file, "Tests") && !Belongs(file, Path.Combine("Hosting", "Publishing")))
            .Where(file => File.ReadLines(file).Any(line => OneSystem().IsMatch(line))).Select(file => Path.GetDirectoryName(Path.GetRelativePath(Repository.Root, file)));
        Assert.Equal(Path.Combine("Ivg.Hosting", "Unix"), Assert.Single(folders.Distinct()));
    }

    [Fact]
    public void SchemaVersion_IsTheNewestScript()
    {
        var scripts = Repository.Files("*.sql").Where(file => Belongs(file, "Migrator")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(SchemaVersion.Newest, scripts[^1]);
        Assert.Equal(Enumerable.Range(1, scripts.Count).Select(number => number.ToString("0000", provider: null)), scripts.Select(script => script[..4]));
    }

    [Fact]
    public void JobKinds_EachHaveExactlyOneHandler()
    {
        var kinds = typeof(IJobHandler).Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IJobHandler)))
            .Select(type => ((IJobHandler)RuntimeHelpers.GetUninitializedObject(type)).Kind);
        Assert.Equal(Enum.GetValues<JobKind>(), kinds.Order());
    }

    [Fact]
    public void Files_AreShort()
    {
        var long_ = Repository.Files("*.cs").Concat(Repository.Files("*.js")).Where(file => !Belongs(file, "Tests") && File.ReadLines(file).Count() > LongestFile);
        Assert.Empty(long_);
    }

    [Fact]
    public void Entries_AreShort()
    {
        foreach (var program in Repository.Files("Program.cs")) Assert.True(File.ReadLines(program).Count() <= 60, program);
    }

    [Fact]
    public void Code_HasNoClockOfItsOwnAndNothingPutOff()
    {
        var offences = Repository.Files("*.cs").Where(file => !Belongs(file, "Tests"))
            .SelectMany(file => File.ReadLines(file).Where(line => Forbidden().IsMatch(line)).Select(line => $"{Path.GetFileName(file)}: {line.Trim()}"));
        Assert.Empty(offences);
    }

    private static bool Belongs(string file, string project) => Path.GetRelativePath(Repository.Root, file).StartsWith($"Ivg.{project}{Path.DirectorySeparatorChar}", StringComparison.Ordinal);

    [GeneratedRegex(@"Ivg\.(Core|Api|Migrator|ServiceDefaults|GenerateWorker|BgWorker)|gemini|variation|\bIVG_", RegexOptions.IgnoreCase)]
    private static partial Regex Foreign();

    [GeneratedRegex("""
        \b(Dll|Library)Import\b|SetUnixFileMode|"/(proc|sys|dev|etc|bin|sbin|usr/s?bin)\b|"(setsid|chown|chmod|kill|ps|apt-get|su|sh|bash)"
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex OneSystem();

    [GeneratedRegex(@"\bNetVips\b")]
    private static partial Regex Speaks();

    [GeneratedRegex(@"DateTime(Offset)?\.(Utc)?Now|Thread\.Sleep|\bTODO\b|\bFIXME\b|\.GetAwaiter\(\)\.GetResult\(\)")]
    private static partial Regex Forbidden();
}
