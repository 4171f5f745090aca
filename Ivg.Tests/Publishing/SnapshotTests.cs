using Ivg.Tests.Architecture;

namespace Ivg.Tests.Publishing;

/// <summary>The trees as they are published, beside this file, so that a review sees every change. <c>IVG_SNAPSHOTS=write</c> writes them.</summary>
public sealed class SnapshotTests
{
    [Theory]
    [InlineData("kubernetes")]
    [InlineData("docker-compose")]
    [InlineData("azure-container-apps")]
    public async Task Tree_IsTheOneThatWasReviewed(string publisher)
    {
        using var published = await Published.CreateAsync(publisher);
        var kept = Path.Combine(Repository.Root, "Ivg.Tests", "Publishing", "Snapshots", publisher);
        // Files that git and tools would take for their own are kept with a word in front.
        var files = published.Files.ToDictionary(file => file.Key.StartsWith('.') ? "dot" + file.Key : file.Key, file => file.Value);
        if (Environment.GetEnvironmentVariable("IVG_SNAPSHOTS") == "write")
        {
            Directory.CreateDirectory(kept);
            foreach (var (name, content) in files) await File.WriteAllTextAsync(Path.Combine(kept, name), content);
        }

        Assert.Equal(Directory.GetFiles(kept).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal), files.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, content) in files) Assert.Equal(await File.ReadAllTextAsync(Path.Combine(kept, name)), content);
    }

    [Fact]
    public async Task Tree_PublishedTwice_IsTheSame()
    {
        using var published = await Published.CreateAsync("kubernetes");
        var first = published.Files;
        await published.AgainAsync("kubernetes");
        Assert.Equal(first, published.Files);
    }
}
