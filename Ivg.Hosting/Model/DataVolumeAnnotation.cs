namespace Aspire.Hosting.ApplicationModel;

/// <summary>The folder, inside the data folder, that keeps a server's data.</summary>
internal sealed class DataVolumeAnnotation(string name) : IResourceAnnotation
{
    public string Name { get; } = name;
}
