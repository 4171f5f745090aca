namespace Ivg.Hosting.Publishing;

/// <summary>A file of a deployment.</summary>
/// <param name="Path">Below the output folder, with slashes.</param>
internal sealed record PublishedFile(string Path, string Content)
{
    /// <summary>Of <c>NAME=value</c> lines that an operator fills in: what is there keeps its values.</summary>
    public bool KeepsValues { get; init; }
}
