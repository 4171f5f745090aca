using YamlDotNet.RepresentationModel;

namespace Ivg.Tests.Publishing;

/// <summary>Whoever scales by a stream logs in by itself: with a password if the server has one, and without a reference to nothing if it has none.</summary>
public sealed class ExternalRedisTests
{
    private const string Open = "--ConnectionStrings:redis=cache.example.org:6380,ssl=true";
    private const string Locked = Open + ",password=never-written";

    [Theory]
    [InlineData(Locked, true)]
    [InlineData("--ConnectionStrings:redis=rediss://:never-written@cache.example.org:6380", true)]
    [InlineData(Open, false)]
    [InlineData("--ConnectionStrings:redis=redis://cache.example.org", false)]
    public async Task Kubernetes_AsksForThePasswordWhereThereIsOne(string redis, bool hasPassword)
    {
        using var published = await Published.CreateAsync("kubernetes", redis);
        Assert.Equal(hasPassword, published["secrets.env.example"].Contains("# Required. The password in ConnectionStrings__redis once more", StringComparison.Ordinal));
        Assert.Equal(hasPassword, published["secrets.env.example"].Contains("\nREDIS_PASSWORD=\n", StringComparison.Ordinal));
        var scaling = new KubernetesObjects(published).Scaling;
        Assert.Equal(hasPassword ? 1 : 0, scaling.Count(one => one["kind"].ToString() == "TriggerAuthentication"));
        Assert.All(scaling.Where(one => one["kind"].ToString() == "ScaledObject"),
            one => Assert.Equal(hasPassword, ((YamlMappingNode)one["spec"]["triggers"][0]).Children.ContainsKey("authenticationRef")));
        Assert.All(published.Files.Values, content => Assert.DoesNotContain("never-written", content, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Locked, true)]
    [InlineData(Open, false)]
    public async Task Azure_RefersToThePasswordWhereThereIsOne(string redis, bool hasPassword)
    {
        using var published = await Published.CreateAsync("azure-container-apps", redis);
        Assert.Equal(hasPassword, published["foundation.bicep"].Contains("//   redis-password: ", StringComparison.Ordinal));
        foreach (var app in new[] { "generate-worker.bicep", "bg-worker.bicep" })
        {
            Assert.Equal(hasPassword, published[app].Contains("secrets/redis-password'", StringComparison.Ordinal));
            Assert.Equal(hasPassword, published[app].Contains("secretRef: 'redis-password'", StringComparison.Ordinal));
        }

        Assert.Equal((0, ""), await Tool.RunAsync(Tool.Bicep, ["build", Path.Combine(published.Folder, "main.bicep")]));
    }

    [Fact]
    public async Task Compose_HasNobodyThatScalesAndAsksForNone()
    {
        using var published = await Published.CreateAsync("docker-compose", Locked);
        Assert.DoesNotContain("REDIS_PASSWORD", published[".env"], StringComparison.Ordinal);
        Assert.Contains("\nConnectionStrings__redis=\n", published[".env"], StringComparison.Ordinal);
    }
}
