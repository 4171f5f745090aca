using Aspire.Hosting.Testing;
using Ivg.Hosting.Publishing;
using Microsoft.Extensions.DependencyInjection;

namespace Ivg.Tests.Publishing;

/// <summary>What the AppHost publishes, in a folder of its own.</summary>
internal sealed class Published : IDisposable
{
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("ivg-published-");

    private Published()
    {
    }

    public string Folder => Path.Combine(_parent.FullName, "output");

    /// <summary>Relative paths to contents, without the list of what was published.</summary>
    public IReadOnlyDictionary<string, string> Files => Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
        .ToDictionary(file => Path.GetRelativePath(Folder, file), File.ReadAllText).Where(file => file.Key != ".published").ToDictionary();

    public string this[string file] => File.ReadAllText(Path.Combine(Folder, file));

    public static async Task<Published> CreateAsync(string publisher, params string[] more)
    {
        var published = new Published();
        await published.AgainAsync(publisher, more);
        return published;
    }

    public Task<string> AgainAsync(string publisher, params string[] more) => PublishAsync(Folder, ["--publisher", publisher, .. more]);

    public static async Task<string> PublishAsync(string folder, params string[] more)
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Ivg_AppHost>(
            ["--operation", "publish", "--output-path", folder, "--IVG_PORT=5001", .. more]);
        return await builder.Build().Services.GetRequiredService<Publisher>().PublishAsync(CancellationToken.None);
    }

    public void Dispose() => _parent.Delete(recursive: true);
}
