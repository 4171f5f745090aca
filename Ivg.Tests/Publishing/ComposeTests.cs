using YamlDotNet.RepresentationModel;

namespace Ivg.Tests.Publishing;

public sealed class ComposeTests
{
    [Fact]
    public async Task Env_PublishedAgain_KeepsWhatWasFilledIn()
    {
        using var published = await Published.CreateAsync("docker-compose");
        var path = Path.Combine(published.Folder, ".env");
        var first = published[".env"];
        await File.WriteAllTextAsync(path, first.Replace("POSTGRES_PASSWORD=", "POSTGRES_PASSWORD=a=b", StringComparison.Ordinal)
            .Replace("COMPOSE_PROFILES=production", "COMPOSE_PROFILES=development", StringComparison.Ordinal)
            .Replace("\n# Decide: how many of bg-worker run. Nothing here scales them by their queue.\nBG_WORKER_REPLICAS=1\n", "", StringComparison.Ordinal) + "COMPOSE_PROJECT_NAME=other\n");
        await published.AgainAsync("docker-compose");
        var again = published[".env"];
        Assert.Contains("\nPOSTGRES_PASSWORD=a=b\n", again, StringComparison.Ordinal);
        Assert.Contains("\nCOMPOSE_PROFILES=development\n", again, StringComparison.Ordinal);
        Assert.Contains("\nBG_WORKER_REPLICAS=1\n", again, StringComparison.Ordinal);
        Assert.EndsWith("\nCOMPOSE_PROJECT_NAME=other\n", again, StringComparison.Ordinal);
        await published.AgainAsync("docker-compose");
        Assert.Equal(again, published[".env"]);
    }

    [Fact]
    public async Task Settings_PublishedAgain_KeepsWhatWasFilledInAndAdded()
    {
        using var published = await Published.CreateAsync("docker-compose");
        await File.WriteAllTextAsync(Path.Combine(published.Folder, "settings.env"),
            published["settings.env"].Replace("TRUSTED_PROXIES=", "TRUSTED_PROXIES=172.18.0.1", StringComparison.Ordinal) + "BG_MODEL=isnet-general-use\n");
        await published.AgainAsync("docker-compose");
        Assert.Contains("\nTRUSTED_PROXIES=172.18.0.1\n", published["settings.env"], StringComparison.Ordinal);
        Assert.EndsWith("\nBG_MODEL=isnet-general-use\n", published["settings.env"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Services_RefToWhatIsThere()
    {
        using var published = await Published.CreateAsync("docker-compose");
        var file = new YamlStream();
        file.Load(new StringReader(published["compose.yaml"]));
        var root = (YamlMappingNode)file.Documents[0].RootNode;
        var services = (YamlMappingNode)root["services"];
        var volumes = ((YamlMappingNode)root["volumes"]).Children.Keys.Select(key => key.ToString()).ToHashSet();
        var variables = published[".env"].Split('\n').Where(line => line.Contains('=', StringComparison.Ordinal) && line[0] != '#').Select(line => line[..line.IndexOf('=', StringComparison.Ordinal)]).ToHashSet();
        foreach (var (name, node) in services.Children.Select(pair => (pair.Key.ToString(), (YamlMappingNode)pair.Value)))
        {
            Assert.DoesNotContain(":latest", node["image"].ToString(), StringComparison.Ordinal);
            if (node.Children.TryGetValue("volumes", out var mounts))
                Assert.All((YamlSequenceNode)mounts, mount => Assert.Contains(mount.ToString().Split(':')[0], volumes));
            if (!node.Children.TryGetValue("depends_on", out var needs)) continue;
            foreach (var (needed, how) in ((YamlMappingNode)needs).Children)
            {
                var other = (YamlMappingNode)services[needed];
                Assert.True(how["condition"].ToString() == "service_healthy" ? other.Children.ContainsKey("healthcheck") : !other.Children.ContainsKey("healthcheck"), $"{name} needs {needed}");
                // What a profile starts, it can start.
                if (other.Children.TryGetValue("profiles", out var profiles)) Assert.Equal(node["profiles"], profiles);
            }
        }

        foreach (var part in published["compose.yaml"].Split("${").Skip(1)) Assert.Contains(part[..part.IndexOfAny([':', '}'])], variables);
    }
}
