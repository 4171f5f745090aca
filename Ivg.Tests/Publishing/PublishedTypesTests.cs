using Ivg.Tests.Architecture;

namespace Ivg.Tests.Publishing;

/// <summary>What was published against the types, schemas and compilers of those who will read it.</summary>
public sealed class PublishedTypesTests
{
    [Fact]
    public async Task Kubernetes_IsWhatItsTypesAndKedasAllow()
    {
        using var published = await Published.CreateAsync("kubernetes");
        var (code, output) = await CheckAsync(published);
        Assert.True(code == 0, output);
        Assert.Equal(3, published["scaling.yaml"].Split("\n---\n").Length);
    }

    [Fact]
    public async Task Kubernetes_WithServersElsewhere_IsWhatItsTypesAllow()
    {
        using var published = await Published.CreateAsync("kubernetes", "--ConnectionStrings:ivgdb=Host=db.example.org;Password=x", "--ConnectionStrings:redis=cache.example.org:6380,ssl=true,password=x");
        var (code, output) = await CheckAsync(published);
        Assert.True(code == 0, output);
    }

    [Fact]
    public async Task Compose_IsWhatItsSchemaAllows()
    {
        using var published = await Published.CreateAsync("docker-compose");
        var (code, output) = await CheckAsync(published);
        Assert.True(code == 0, output);
    }

    [Theory]
    [InlineData("kubernetes", "scaling.yaml", "pollingInterval:", "pollingInterwal:", "'\"pollingInterwal\"' does not exist")]
    [InlineData("kubernetes", "api.yaml", "maxSurge: 1", "maxSurge: [1]", "maxSurge")]
    [InlineData("docker-compose", "compose.yaml", "retries:", "retrys:", "\"additionalProperty\":\"retrys\"")]
    public async Task Checker_RefusesWhatIsWrong(string publisher, string file, string right, string wrong, string said)
    {
        using var published = await Published.CreateAsync(publisher);
        var path = Path.Combine(published.Folder, file);
        Assert.Contains(right, published[file], StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, published[file].Replace(right, wrong, StringComparison.Ordinal));
        var (code, output) = await CheckAsync(published);
        Assert.Equal(1, code);
        Assert.Contains(said, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("main.bicep")]
    [InlineData("foundation.bicep")]
    public async Task Bicep_BuildsAndLintsWithoutAWord(string file)
    {
        using var published = await Published.CreateAsync("azure-container-apps");
        var (code, output) = await BicepAsync("build", published, file);
        Assert.Equal((0, ""), (code, output));
        Assert.True(File.Exists(Path.Combine(published.Folder, Path.ChangeExtension(file, "json"))));
        Assert.Equal((0, ""), await BicepAsync("lint", published, file));
    }

    [Fact]
    public async Task Bicep_WithServersElsewhere_BuildsWithoutAWord()
    {
        using var published = await Published.CreateAsync("azure-container-apps", "--ConnectionStrings:ivgdb=Host=db.example.org;Password=x", "--ConnectionStrings:redis=rediss://:x@cache.example.org:6380");
        Assert.Equal((0, ""), await BicepAsync("build", published, "main.bicep"));
        Assert.False(File.Exists(Path.Combine(published.Folder, "postgres.bicep")));
    }

    [Fact]
    public async Task Bicep_RefusesWhatItsTypesLack()
    {
        using var published = await Published.CreateAsync("azure-container-apps");
        await File.WriteAllTextAsync(Path.Combine(published.Folder, "api.bicep"), published["api.bicep"].Replace("targetPort", "targetPost", StringComparison.Ordinal));
        Assert.Contains("targetPost", (await BicepAsync("build", published, "main.bicep")).Output, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Output)> CheckAsync(Published published)
    {
        var files = Directory.GetFiles(published.Folder, "*.yaml").Where(file => Path.GetFileName(file) != "kustomization.yaml").Order(StringComparer.Ordinal);
        var script = Path.Combine(Repository.Root, "Ivg.Tests", "Publishing", "check-types.cjs");
        return await Tool.RunAsync("node", [script, await Tool.ModulesAsync(), .. files]);
    }

    private static Task<(int ExitCode, string Output)> BicepAsync(string verb, Published published, string file) =>
        Tool.RunAsync(Tool.Bicep, [verb, Path.Combine(published.Folder, file)]);
}
