namespace Ivg.Tests.Hosting.FromSource;

/// <summary>The small AppHost, built once for all tests that run it.</summary>
public sealed class BuiltTree : IAsyncLifetime
{
    internal SourceTree Tree { get; } = new("Console.WriteLine(\"paint\");");

    public async Task InitializeAsync()
    {
        var (code, output) = await Tree.BuildAsync();
        Assert.True(code == 0, output);
    }

    public Task DisposeAsync()
    {
        Tree.Dispose();
        return Task.CompletedTask;
    }
}
