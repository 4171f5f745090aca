using System.Net;
using System.Text.RegularExpressions;
using Ivg.Tests.Application;
using Ivg.Tests.Architecture;

namespace Ivg.Tests.Publishing;

/// <summary>What the manifests ask of a service, asked of a running one.</summary>
public sealed partial class RunningServiceTests
{
    [Theory]
    [InlineData("api")]
    [InlineData("generate-worker")]
    [InlineData("bg-worker")]
    public async Task ProbedPaths_Answer(string resource)
    {
        using var published = await Published.CreateAsync("kubernetes");
        var application = await SharedApplication.GetAsync();
        var paths = ProbePath().Matches(published[$"{resource}.yaml"]).Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(3, paths.Count);
        using var http = new HttpClient { BaseAddress = application.AddressOf(resource) };
        foreach (var path in paths)
        {
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public async Task ComposesHealthCheck_SaysYesToARunningServiceAndNoToAnotherPath()
    {
        using var published = await Published.CreateAsync("docker-compose");
        var application = await SharedApplication.GetAsync();
        var script = Regex.Unescape(HealthScript().Match(published["compose.yaml"]).Groups[1].Value).Replace("$$", "$", StringComparison.Ordinal)
            .Replace("/8080", $"/{application.Address.Port}", StringComparison.Ordinal).Replace("\r\n", "\\r\\n", StringComparison.Ordinal);
        Assert.Equal((0, ""), await Tool.RunAsync("bash", ["-c", script]));
        Assert.NotEqual(0, (await Tool.RunAsync("bash", ["-c", script.Replace("/health", "/nothing-here", StringComparison.Ordinal)])).ExitCode);
    }

    [Fact]
    public async Task Wait_EndsOnceTheSchemaIsThere()
    {
        var application = await SharedApplication.GetAsync();
        var (code, output) = await Tool.RunAsync("dotnet", ["exec", BuiltAs("Ivg.Migrator"), "wait"], folder: null, ("ConnectionStrings__ivgdb", application.DatabaseConnection));
        Assert.True(code == 0, output);
    }

    [Fact]
    public async Task FetchModel_NeedsNoServerAndLeavesTheModelWhereTheWorkerLooks()
    {
        await SharedApplication.GetAsync();
        var folder = IvgApplication.ModelFolder();
        var (code, output) = await Tool.RunAsync("dotnet", ["exec", BuiltAs("Ivg.BgWorker"), "fetch-model"], folder: null, ("BG_MODEL", "isnet-fp16"), ("BG_MODEL_DIR", folder));
        Assert.True(code == 0, output);
        Assert.True(File.Exists(Path.Combine(folder, "isnet-fp16.onnx")));
    }

    [Fact]
    public async Task FetchModel_OfAModelThatIsNot_Fails() =>
        Assert.NotEqual(0, (await Tool.RunAsync("dotnet", ["exec", BuiltAs("Ivg.BgWorker"), "fetch-model"], folder: null, ("BG_MODEL", "no-such-model"))).ExitCode);

    [Fact]
    public async Task FetchModel_TermsNotAccepted_SaysTheRemedyAndEndsWith1()
    {
        var (code, output) = await Tool.RunAsync("dotnet", ["exec", BuiltAs("Ivg.BgWorker"), "fetch-model"], folder: null, ("BG_MODEL", "bria-rmbg"));
        Assert.Equal(1, code);
        Assert.Contains("BG_ACCEPT_RESTRICTED=true accepts them.", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Api", "ivg-api")]
    [InlineData("GenerateWorker", "ivg-generateworker")]
    [InlineData("BgWorker", "ivg-bgworker")]
    [InlineData("Migrator", "ivg-migrator")]
    public async Task Images_AreCalledAsTheProjectsCallThem(string project, string repository)
    {
        using var published = await Published.CreateAsync("kubernetes");
        var (_, tag) = await Tool.RunAsync("dotnet", ["msbuild", Path.Combine(Repository.Root, $"Ivg.{project}"), "-getProperty:ContainerRepository,ContainerImageTag,ContainerUser"]);
        var version = TagProperty().Match(tag).Groups[1].Value;
        Assert.Contains($"\"ContainerRepository\": \"{repository}\"", tag, StringComparison.Ordinal);
        Assert.Contains("\"ContainerUser\": \"1654\"", tag, StringComparison.Ordinal);
        Assert.Contains(published.Files.Values, content => content.Contains($"image: {repository}:{version}", StringComparison.Ordinal));
    }

    // From its own output, which has what the copy beside the tests lacks.
    private static string BuiltAs(string project)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(own.Parent!.Parent!.FullName, project, own.Name, project + ".dll");
    }

    [GeneratedRegex(@"httpGet:\s+path: (\S+)")]
    private static partial Regex ProbePath();

    [GeneratedRegex("- bash\\s+- -c\\s+- \"(.*)\"\n")]
    private static partial Regex HealthScript();

    [GeneratedRegex("\"ContainerImageTag\": \"([^\"]+)\"")]
    private static partial Regex TagProperty();
}
