using Aspire.Hosting;

namespace Ivg.Hosting.Publishing;

/// <summary>The folder a deployment is written to. A list of what was written tells an earlier output from somebody else's files.</summary>
internal sealed class OutputFolder(string path, string publisher)
{
    private const string ListName = ".published";

    /// <exception cref="DistributedApplicationException">The folder holds something that no publish of this kind wrote.</exception>
    public void Check()
    {
        if (File.Exists(path))
            throw new DistributedApplicationException($"{path} is a file. Name a folder with --output-path.");
        if (!Directory.Exists(path) || !Directory.EnumerateFileSystemEntries(path).Any())
            return;
        if (Written().FirstOrDefault() is not { } earlier)
            throw new DistributedApplicationException($"{path} is not empty, and nothing was published there. Name another folder with --output-path, or empty this one.");
        if (earlier != publisher)
            throw new DistributedApplicationException($"{path} was published for {earlier}. Name another folder with --output-path for {publisher}, or empty this one.");
    }

    /// <summary>Writes all files, and removes those an earlier publish wrote that are no longer part of it.</summary>
    public void Write(IReadOnlyList<PublishedFile> files)
    {
        try
        {
            var wanted = files.Select(f => f.Path).ToHashSet(StringComparer.Ordinal);
            foreach (var stale in Written().Skip(1).Where(name => !wanted.Contains(name) && File.Exists(FullPath(name))))
                File.Delete(FullPath(stale));
            // The list first: a write that is broken off halfway can be repeated.
            Directory.CreateDirectory(path);
            File.WriteAllText(FullPath(ListName), string.Join('\n', wanted.Order(StringComparer.Ordinal).Prepend(publisher)) + "\n");
            foreach (var file in files)
            {
                var target = FullPath(file.Path);
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.WriteAllText(target, file.KeepsValues && File.Exists(target) ? EnvFile.Merge(file.Content, File.ReadAllText(target)) : file.Content);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DistributedApplicationException($"{path} cannot be written: {e.Message} Name another folder with --output-path.", e);
        }
    }

    private string[] Written() => File.Exists(FullPath(ListName)) ? File.ReadAllLines(FullPath(ListName)) : [];

    // The list is a file like any other: no line of it leads out of the folder.
    private string FullPath(string name)
    {
        var full = Path.GetFullPath(Path.Combine(path, name));
        return full.StartsWith(path.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? full
            : throw new DistributedApplicationException($"{Path.Combine(path, ListName)} names {name}, which is outside. Empty the folder.");
    }
}
