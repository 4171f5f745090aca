using System.Security.Cryptography;
using Ivg.Core.BackgroundRemoval;
using Ivg.Migrator.Models;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Ivg.Tests.BackgroundRemoval;

public sealed class ModelVerbsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ivg-verbs-").FullName;
    private readonly byte[] _weights = RandomNumberGenerator.GetBytes(50_000);
    private readonly WeightServer _server = new();

    [Fact]
    public async Task Verbs_FetchVerifyAndDamage_ExitAsAScriptExpects()
    {
        _server.Serve(_weights);
        File.WriteAllText(Path.Combine(_folder, "mine.json"),
            $$"""{"sha256":"{{Convert.ToHexStringLower(SHA256.HashData(_weights))}}","bytes":{{_weights.Length}},"side":320,"mean":[0,0,0],"std":[1,1,1],"peak_bytes":1,"licence":"MIT","sources":["{{_server.Address}}"]}""");

        Assert.Equal(1, (await RunAsync("verify", "mine")).Code);
        Assert.Equal(0, (await RunAsync("fetch", "mine")).Code);
        Assert.Equal((0, "mine: intact"), await RunAsync("verify"));
        Assert.Contains("mine                     here", (await RunAsync("list")).Output, StringComparison.Ordinal);

        _weights[7] ^= 1;
        await File.WriteAllBytesAsync(Path.Combine(_folder, "mine.onnx"), _weights);
        Assert.Equal(1, (await RunAsync("verify")).Code);
    }

    [Theory]
    [InlineData]
    [InlineData("fetch")]
    [InlineData("remove", "u2netp")]
    [InlineData("fetch", "no-such-model")]
    public async Task Verbs_AskedWrongly_ExitWithTwo(params string[] args) => Assert.Equal(2, (await RunAsync(args)).Code);

    [Fact]
    public async Task Fetch_RestrictedModel_IsRefused()
    {
        var (code, output) = await RunAsync("fetch", "bria-rmbg");

        Assert.Equal(1, code);
        Assert.Contains("BG_ACCEPT_RESTRICTED", output, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<(int Code, string Output)> RunAsync(params string[] args)
    {
        var options = Options.Create(new BackgroundRemovalOptions { ModelDirectory = _folder });
        using var store = new ModelStore(options, TimeProvider.System, NullLogger<ModelStore>.Instance);
        using var output = new StringWriter();
        return (await new ModelVerbs(new ModelCatalogue(options), store, output).RunAsync(args, CancellationToken.None), output.ToString().Trim());
    }
}
