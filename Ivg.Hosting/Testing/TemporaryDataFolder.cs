namespace Ivg.Hosting.Testing;

/// <summary>A data folder, and the place for servers that cannot reach it, that go when the test's application goes.</summary>
internal sealed class TemporaryDataFolder : IDisposable
{
    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"apphost-{Guid.CreateVersion7():N}");

    public string OutsidePath { get; } = System.IO.Path.Combine("/var/lib", $"apphost-test-{Guid.CreateVersion7():N}");

    public void Dispose()
    {
        foreach (var folder in new[] { Path, OutsidePath }.Where(Directory.Exists))
            Directory.Delete(folder, recursive: true);
    }
}
