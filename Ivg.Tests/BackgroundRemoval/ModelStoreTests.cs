using System.Security.Cryptography;
using Ivg.Core.BackgroundRemoval;
using Ivg.Core.Jobs;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Ivg.Tests.BackgroundRemoval;

public sealed class ModelStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ivg-models-").FullName;
    private readonly byte[] _weights = RandomNumberGenerator.GetBytes(300_000);
    private readonly WeightServer _server = new();

    [Fact]
    public async Task EnsureAsync_Missing_FetchesOnce()
    {
        _server.Serve(_weights);
        var model = Model();

        var paths = await Task.WhenAll(Store().EnsureAsync(model, default), Store().EnsureAsync(model, default), Store().EnsureAsync(model, default));

        Assert.All(paths, path => Assert.Equal(_weights, File.ReadAllBytes(path)));
        Assert.Equal(1, _server.Requests);
    }

    [Fact]
    public async Task EnsureAsync_CorruptFile_FetchesAgainOnce()
    {
        _server.Serve(_weights);
        var model = Model();
        var damaged = (byte[])_weights.Clone();
        damaged[1000] ^= 1;
        await File.WriteAllBytesAsync(Path.Combine(_folder, model.FileName), damaged);

        var path = await Store().EnsureAsync(model, default);

        Assert.Equal(_weights, await File.ReadAllBytesAsync(path));
        Assert.Equal(1, _server.Requests);
    }

    [Fact]
    public async Task EnsureAsync_BrokenTransfer_GoesOnWhereItEnded()
    {
        _server.Serve(_weights, breakAfter: 120_000);
        var model = Model();
        await Assert.ThrowsAnyAsync<IOException>(() => Store().EnsureAsync(model, default));
        Assert.False(File.Exists(Path.Combine(_folder, model.FileName)));

        _server.Serve(_weights);
        await Store().EnsureAsync(model, default);

        Assert.True(_server.LastRangeStart > 0, "The second request began at the beginning.");
        Assert.Equal(_weights, await File.ReadAllBytesAsync(Path.Combine(_folder, model.FileName)));
    }

    [Fact]
    public async Task EnsureAsync_SourceServesSomethingElse_GivesUpAfterTwoAttemptsAndKeepsNothing()
    {
        _server.Serve(RandomNumberGenerator.GetBytes(300_000));
        var model = Model();

        await Assert.ThrowsAsync<IOException>(() => Store().EnsureAsync(model, default));

        Assert.Equal(2, _server.Requests);
        Assert.Null(Store().TryGetPath(model));
        Assert.Empty(Directory.GetFiles(_folder, "*.part"));
    }

    [Fact]
    public async Task GetVerifiedPathAsync_Missing_SaysHowToFetchIt()
    {
        var failed = await Assert.ThrowsAsync<JobFailedException>(() => Store().GetVerifiedPathAsync(Model(), default));

        Assert.Equal(JobErrorCodes.ModelUnavailable, failed.Error.Code);
        Assert.Contains("BG_MODEL=test", failed.Error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_folder, failed.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_UnknownModel_AreRefusedWithTheKnownNames()
    {
        var options = new BackgroundRemovalOptions { Model = "no-such-model" };

        var result = Assert.Single(options.Validate(new(options)));

        Assert.Contains("birefnet-general-lite", result.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EnsureAsync_Mirror_IsAskedFirstByTheModelsName()
    {
        _server.Serve(_weights);
        var model = Model() with { Sources = [new ModelSource.Url(new Uri("http://127.0.0.1:1/unreachable"))] };

        await Store(options => options.Mirror = new Uri(_server.Address, "/mirror/").ToString()).EnsureAsync(model, default);

        Assert.Equal("/mirror/test.onnx", _server.LastPath);
        Assert.Null(_server.LastAuthorization);
    }

    [Theory]
    [InlineData("/mirror?sig=a%2Fb&x=1", "/mirror/test.onnx?sig=a%2Fb&x=1")]
    [InlineData("/a%20b/?sig=/", "/a%20b/test.onnx?sig=/")]
    [InlineData("?sig=1", "/test.onnx?sig=1")]
    public async Task EnsureAsync_MirrorWithKeys_IsAskedWithThem(string mirror, string asked)
    {
        _server.Serve(_weights);

        await Store(options => options.Mirror = $"http://me:p%40ss@{_server.Address.Authority}{mirror}").EnsureAsync(Model() with { Sources = [] }, default);

        Assert.Equal(asked, _server.LastPath);
        Assert.Equal("Basic " + Convert.ToBase64String("me:p@ss"u8), _server.LastAuthorization);
    }

    [Theory]
    [InlineData("planted-word")]
    [InlineData("planted-user:secret@mirror.example/models")]
    [InlineData("http://planted:99999/")]
    public void Options_MirrorThatIsNoAddress_AreRefusedWithoutIt(string mirror)
    {
        var options = new BackgroundRemovalOptions { Mirror = mirror };

        var result = Assert.Single(options.Validate(new(options)));

        Assert.Contains("BG_MODEL_MIRROR", result.ErrorMessage, StringComparison.Ordinal);
        Assert.DoesNotContain("planted", result.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EnsureAsync_FirstSourceIsDown_TakesTheNext()
    {
        _server.Serve(_weights);
        var model = Model() with { Sources = [new ModelSource.Url(new Uri("http://127.0.0.1:1/unreachable")), new ModelSource.Url(_server.Address)] };

        Assert.Equal(_weights, await File.ReadAllBytesAsync(await Store().EnsureAsync(model, default)));
    }

    [Fact]
    public async Task EnsureAsync_NoSpaceLeft_SaysSoAndFetchesNothing()
    {
        _server.Serve(_weights);

        var failed = await Assert.ThrowsAsync<IOException>(() => Store().EnsureAsync(Model() with { Bytes = long.MaxValue / 2 }, default));

        Assert.Contains("MB left", failed.Message, StringComparison.Ordinal);
        Assert.Equal(0, _server.Requests);
    }

    [Fact]
    public async Task EnsureAsync_DiskFillsOnTheWay_SaysSoAndStoresNothing()
    {
        _server.Serve(_weights);
        var model = Model();
        // The kernel's device that is always full stands where the part is written.
        File.CreateSymbolicLink(Path.Combine(_folder, model.FileName + ".part"), "/dev/full");

        var failed = await Assert.ThrowsAsync<IOException>(() => Store().EnsureAsync(model, default));

        Assert.Contains("No space left", failed.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Null(Store().TryGetPath(model));
    }

    [Fact]
    public async Task GetVerifiedPathAsync_FileReplacedBehindItsBack_IsRefused()
    {
        _server.Serve(_weights);
        var model = Model();
        using var store = Store();
        var path = await store.EnsureAsync(model, default);
        await store.GetVerifiedPathAsync(model, default);

        var other = RandomNumberGenerator.GetBytes(_weights.Length);
        await File.WriteAllBytesAsync(path + ".new", other);
        File.SetLastWriteTimeUtc(path + ".new", File.GetLastWriteTimeUtc(path).AddMinutes(1));
        File.Move(path + ".new", path, overwrite: true);

        Assert.Equal(JobErrorCodes.ModelUnavailable, (await Assert.ThrowsAsync<JobFailedException>(() => store.GetVerifiedPathAsync(model, default))).Error.Code);
    }

    [Fact]
    public async Task EnsureAsync_FileCutShort_IsFetchedAgain()
    {
        _server.Serve(_weights);
        var model = Model();
        await File.WriteAllBytesAsync(Path.Combine(_folder, model.FileName), _weights[..1000]);

        Assert.Equal(_weights, await File.ReadAllBytesAsync(await Store().EnsureAsync(model, default)));
    }

    [Fact]
    public async Task RestrictedModel_WithoutTheSetting_IsNeitherFetchedNorUsed()
    {
        _server.Serve(_weights);
        var model = Model() with { Restricted = true };

        var fetched = await Assert.ThrowsAsync<JobFailedException>(() => Store().EnsureAsync(model, default));
        Assert.Contains("BG_ACCEPT_RESTRICTED", fetched.Error.Message, StringComparison.Ordinal);
        Assert.Equal(0, _server.Requests);

        await Store(options => options.AcceptRestricted = true).EnsureAsync(model, default);
        await Assert.ThrowsAsync<JobFailedException>(() => Store().GetVerifiedPathAsync(model, default));
    }

    [Fact]
    public void Source_AddressWithKeys_IsNamedWithoutThem() =>
        Assert.Equal("https://models.example:8443/a/b.onnx", new ModelSource.Url(new Uri("https://me:secret@models.example:8443/a/b.onnx?sig=secret")).ToString());

    [Fact]
    public void Catalogue_NonCommercialModels_AreRestricted() =>
        Assert.All(ModelCatalogue.BuiltIn, model => Assert.Equal(model.Name is "bria-rmbg" or "silueta", model.Restricted));

    [Fact]
    public void Catalogue_ModelsTrainedOnDis5K_SayItAndAreFreeToUse()
    {
        string[] trained = ["isnet-fp16", "isnet-quint8", "isnet-general-use", "birefnet-general", "birefnet-general-lite", "birefnet-dis", "birefnet-massive"];

        var said = ModelCatalogue.BuiltIn.Where(model => model.Licence.Contains("DIS5K", StringComparison.Ordinal)).ToArray();

        Assert.Equal(trained, said.Select(model => model.Name));
        Assert.DoesNotContain(said, model => model.Restricted);
    }

    public void Dispose()
    {
        _server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private ModelStore Store(Action<BackgroundRemovalOptions>? configure = null)
    {
        var options = new BackgroundRemovalOptions { ModelDirectory = _folder };
        configure?.Invoke(options);
        return new(Options.Create(options), TimeProvider.System, NullLogger<ModelStore>.Instance);
    }

    private BackgroundModel Model() => ModelCatalogue.BuiltIn[0] with
    {
        Name = "test",
        Sources = [new ModelSource.Url(_server.Address)],
        Bytes = _weights.Length,
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(_weights)),
    };
}
