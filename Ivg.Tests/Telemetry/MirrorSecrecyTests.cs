using System.Security.Cryptography;
using System.Text;
using Ivg.Tests.Application;
using Ivg.Tests.BackgroundRemoval;

namespace Ivg.Tests.Telemetry;

/// <summary>Keys in the address of a mirror are looked for wherever a fetch is told of, whether it succeeds or fails.</summary>
public sealed class MirrorSecrecyTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Fetch_FromAMirrorWithKeys_TellsThemToNobody(bool intact)
    {
        var weights = RandomNumberGenerator.GetBytes(50_000);
        var folder = Directory.CreateTempSubdirectory("ivg-mirror-").FullName;
        using var server = new WeightServer();
        server.Serve(intact ? weights : RandomNumberGenerator.GetBytes(50_000));
        await File.WriteAllTextAsync(Path.Combine(folder, "mine.json"),
            $$"""{"sha256":"{{Convert.ToHexStringLower(SHA256.HashData(weights))}}","bytes":50000,"side":320,"mean":[0,0,0],"std":[1,1,1],"peak_bytes":1,"licence":"MIT"}""");
        await using var otlp = await OtlpReceiver.StartAsync();
        await using var migrator = ServiceProcess.StartWith("Ivg.Migrator", ["models", "fetch", "mine"], [.. otlp.Settings("migrator"),
            ("BG_MODEL_DIR", folder), ("BG_MODEL_MIRROR", $"http://planted-user:planted-pass@{server.Address.Authority}/base?sig=planted-query"), ("Logging__LogLevel__Default", "Trace")]);
        Assert.Equal(intact ? 0 : 1, await migrator.ExitAsync());
        Directory.Delete(folder, recursive: true);

        Assert.Equal("/base/mine.onnx?sig=planted-query", server.LastPath);
        Assert.Contains($"from http://{server.Address.Authority}/base/mine.onnx", migrator.Output);
        Assert.DoesNotContain("planted", migrator.Output);
        Assert.Contains(otlp.Spans, span => span.Attributes.Values.Any(value => value.Contains("mine.onnx", StringComparison.Ordinal)));
        Assert.All(otlp.Raw, bytes => Assert.DoesNotContain("planted", Encoding.Latin1.GetString(bytes)));
        Assert.All(otlp.Raw, bytes => Assert.DoesNotContain(Convert.ToBase64String("planted-user:planted-pass"u8), Encoding.Latin1.GetString(bytes)));
    }
}
