using System.Text.RegularExpressions;
using Ivg.ServiceDefaults.Settings;
using YamlDotNet.RepresentationModel;

namespace Ivg.Tests.Publishing;

/// <summary>What only an operator can choose has a place, and every service gets it from there.</summary>
public sealed partial class OperatorSettingsTests
{
    [Theory]
    [InlineData("kubernetes", "settings.yaml", "# ", "TRUSTED_PROXIES: 10.0.0.0/8,172.16.0.0/12,192.168.0.0/16")]
    [InlineData("docker-compose", "settings.env", "# ", "TRUSTED_PROXIES=")]
    [InlineData("azure-container-apps", "main.bicep", "// ", "TRUSTED_PROXIES: '100.64.0.0/10'")]
    public async Task Proxies_AreTheOperatorsDecisionAndNoPublicAddressIsBelievedBefore(string publisher, string file, string mark, string line)
    {
        using var published = await Published.CreateAsync(publisher);
        var lines = published[file].Split('\n').Select(one => one.Trim()).ToList();
        Assert.Contains($"{mark}Decide: addresses or networks", string.Join('\n', lines.TakeWhile(one => one != line)), StringComparison.Ordinal);
        Assert.Contains(line, lines);
        // With the framework's own switch anybody's headers would be believed.
        Assert.All(published.Files.Values, content => Assert.DoesNotContain("FORWARDEDHEADERS_ENABLED", content, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("kubernetes", "settings.yaml", @"(RATE_\w+): ""?(\d+)")]
    [InlineData("docker-compose", "settings.env", @"(RATE_\w+)=(\d+)")]
    [InlineData("azure-container-apps", "main.bicep", @"(RATE_\w+): '(\d+)'")]
    public async Task Limits_AreTheExamplesEverywhere(string publisher, string file, string pattern)
    {
        using var published = await Published.CreateAsync(publisher);
        var rates = Regex.Matches(published[file], pattern).Select(match => (match.Groups[1].Value, match.Groups[2].Value)).Order().ToList();
        Assert.Equal(4, rates.Count);
        Assert.Equal(LimitsOfProduction.Read().Order(), rates);
    }

    [Fact]
    public async Task Settings_AreThoseThatServicesRead()
    {
        using var published = await Published.CreateAsync("docker-compose");
        var named = published["settings.env"].Split('\n').Where(line => line.Contains('=', StringComparison.Ordinal) && line[0] != '#').Select(line => line.Split('=')[0]);
        Assert.All(named, name => Assert.Contains(SettingsCatalogue.All, setting => setting.Name == name));
    }

    [Fact]
    public async Task Compose_GivesTheFileToEveryServiceOfOursAndToNoServer()
    {
        using var published = await Published.CreateAsync("docker-compose");
        var file = new YamlStream();
        file.Load(new StringReader(published["compose.yaml"]));
        var services = ((YamlMappingNode)file.Documents[0].RootNode["services"]).Children;
        Assert.True(services.Count > 8);
        foreach (var (name, node) in services)
        {
            var ours = node["image"].ToString().Contains("ivg-", StringComparison.Ordinal);
            var given = ((YamlMappingNode)node).Children.TryGetValue("env_file", out var path) ? path.ToString() : null;
            Assert.Equal((name, ours ? "settings.env" : null), (name, given));
        }

        Assert.True(published.Files.ContainsKey("settings.env"));
    }

    [Fact]
    public async Task Azure_GivesThemToEveryContainerAndNoNameTwice()
    {
        using var published = await Published.CreateAsync("azure-container-apps");
        foreach (var (name, text) in published.Files.Where(one => one.Value.Contains("image: '", StringComparison.Ordinal)))
        {
            Assert.Equal((name, Containers().Count(text)), (name, Chosen().Count(text)));
            var own = Own().Match(text).Groups[1].Value;
            Assert.All(Variable().Matches(text).Select(match => match.Groups[1].Value), variable => Assert.Contains($"'{variable}'", own, StringComparison.Ordinal));
        }

        Assert.Equal(ModuleWithImage().Count(published["main.bicep"]), Passed().Count(published["main.bicep"]));
    }

    [GeneratedRegex(@"image: '\$\{registry\}")]
    private static partial Regex Containers();

    [GeneratedRegex(@"\], (?:map\(optional, [^)]*\), )?map\(chosen, ")]
    private static partial Regex Chosen();

    [GeneratedRegex(@"var chosen = filter\(items\(settings\), one => !contains\(\[(.*?)\]", RegexOptions.Singleline)]
    private static partial Regex Own();

    [GeneratedRegex(@"(?:name|variable): '([A-Z][A-Za-z_]*_[A-Za-z_]+)'")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^    registry: registry\.", RegexOptions.Multiline)]
    private static partial Regex ModuleWithImage();

    [GeneratedRegex("^    settings: settings$", RegexOptions.Multiline)]
    private static partial Regex Passed();
}
