using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Ivg.Hosting.Publishing;
using Microsoft.Extensions.DependencyInjection;

namespace Ivg.Tests.Publishing;

/// <summary>Whatever is wrong is said in one line with its remedy, before anything is written.</summary>
public sealed class PublishFaultTests : IDisposable
{
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("ivg-refused-");

    private string Folder => Path.Combine(_parent.FullName, "output");

    public void Dispose() => _parent.Delete(recursive: true);

    [Fact]
    public Task UnknownPublisher_IsToldTheOnesThereAre() => RefusedAsync(["--publisher", "nomad"], _ => { }, "nomad", "kubernetes, azure-container-apps, docker-compose");

    [Fact]
    public Task NoPublisher_IsToldHow() => RefusedAsync([], _ => { }, "--publisher");

    [Fact]
    public Task MissingParameter_NamesItsVariable() => RefusedAsync(Kubernetes, builder =>
        builder.AddProject<Projects.Ivg_Api>("one").WithEnvironment("SIZE", builder.AddParameter("size")), "Parameters__size");

    [Fact]
    public Task ReferenceToNothing_IsNamed() => RefusedAsync(Kubernetes, builder =>
    {
        var redis = builder.AddRedis("gone");
        builder.AddProject<Projects.Ivg_Api>("one").WithReference(redis);
        builder.Resources.Remove(redis.Resource);
    }, "'one' refers to 'gone'", "not in the model");

    [Fact]
    public Task EndpointThatIsNot_IsNamed() => RefusedAsync(Kubernetes, builder =>
    {
        var one = builder.AddProject<Projects.Ivg_Api>("one").WithHttpEndpoint();
        builder.AddProject<Projects.Ivg_BgWorker>("two").WithEnvironment("ONE", one.GetEndpoint("admin"));
    }, "'two'", "'admin'", "'one'");

    [Fact]
    public Task Cycle_IsShown() => RefusedAsync(Kubernetes, builder =>
    {
        var one = builder.AddProject<Projects.Ivg_Api>("one");
        var two = builder.AddProject<Projects.Ivg_BgWorker>("two").WaitFor(one);
        one.WaitFor(two);
    }, "one -> two -> one");

    [Fact]
    public Task ProgramOfThisMachine_IsRefused() => RefusedAsync(Kubernetes, builder => builder.AddExecutable("tool", "/bin/true", "."), "'tool'", "IsRunMode");

    [Fact]
    public Task ScheduleOfAResourcesName_IsRefused() => RefusedAsync(Kubernetes, builder =>
        builder.AddProject<Projects.Ivg_Api>("one").WithDeployment(deployment => deployment.Schedules.Add(new("one", "0 0 * * *", []))), "two resources named 'one'");

    [Fact]
    public async Task TwoResourcesOfOneName_AreRefused()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddRedis("same");
        var error = Assert.Throws<DistributedApplicationException>(() => builder.AddPostgres("Same"));
        Assert.Contains("Rename one of them", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FolderOfSomebodyElses_IsLeftAlone()
    {
        Directory.CreateDirectory(Folder);
        await File.WriteAllTextAsync(Path.Combine(Folder, "notes.txt"), "mine");
        await RefusedAsync(Kubernetes, _ => { }, "is not empty", "--output-path");
        Assert.Equal("mine", await File.ReadAllTextAsync(Path.Combine(Folder, "notes.txt")));
    }

    [Fact]
    public async Task FolderOfAnotherPublisher_IsLeftAlone()
    {
        await Published.PublishAsync(Folder, "--publisher", "docker-compose");
        await RefusedAsync(Kubernetes, _ => { }, "docker-compose");
        Assert.True(File.Exists(Path.Combine(Folder, "compose.yaml")));
    }

    [Fact]
    public async Task FileThatIsNoLongerPublished_GoesAndTheOperatorsStay()
    {
        await Published.PublishAsync(Folder, "--publisher", "kubernetes");
        await File.WriteAllTextAsync(Path.Combine(Folder, "secrets.env"), "APP_SECRET_KEY=mine\n");
        await Published.PublishAsync(Folder, "--publisher", "kubernetes", "--ConnectionStrings:redis=cache.example.org:6379");
        Assert.False(File.Exists(Path.Combine(Folder, "redis.yaml")));
        Assert.Equal("APP_SECRET_KEY=mine\n", await File.ReadAllTextAsync(Path.Combine(Folder, "secrets.env")));
    }

    [Theory]
    [InlineData("--operation publish --publisher nomad --output-path", "Cannot publish: There is no publisher 'nomad'")]
    [InlineData("--operation publish --publisher kubernetes --Publishing:Tag latest --output-path", "Cannot publish: 'latest' is not a version of an image")]
    [InlineData("--operation explode --output-path", "There is no operation 'explode'")]
    public async Task AppHost_EndsWithOneLineAndACode(string arguments, string said)
    {
        var output = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Ivg.AppHost", new DirectoryInfo(AppContext.BaseDirectory).Name, "Ivg.AppHost.dll"));
        var (code, text) = await Tool.RunAsync("dotnet", ["exec", output, .. arguments.Split(' '), Folder]);
        Assert.Equal(1, code);
        Assert.Contains(said, Assert.Single(text.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Folder));
    }

    private static string[] Kubernetes => ["--publisher", "kubernetes"];

    private async Task RefusedAsync(string[] arguments, Action<IDistributedApplicationTestingBuilder> model, params string[] words)
    {
        await using var builder = DistributedApplicationTestingBuilder.Create(["--operation", "publish", "--output-path", Folder, .. arguments]);
        model(builder);
        var before = Directory.Exists(Folder) ? Directory.GetFiles(Folder) : null;
        var error = await Assert.ThrowsAsync<DistributedApplicationException>(() => builder.Build().Services.GetRequiredService<Publisher>().PublishAsync(CancellationToken.None));
        Assert.All(words, word => Assert.Contains(word, error.Message, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', error.Message);
        Assert.Equal(before, Directory.Exists(Folder) ? Directory.GetFiles(Folder) : null);
    }
}
