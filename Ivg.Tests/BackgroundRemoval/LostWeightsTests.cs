using Ivg.Core.BackgroundRemoval;
using Ivg.Core.Images;
using Ivg.Core.Jobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Ivg.Tests.BackgroundRemoval;

/// <summary>Weights that go missing while the service runs come back without a restart.</summary>
[Collection("background removal")]
public sealed class LostWeightsTests(ModelFixture fixture)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task DefaultModel_WeightsLostAfterTheStart_AreFetchedAgainByItself(bool removed)
    {
        using var models = new LinkedModels(fixture, fixture.Model);
        using var server = new WeightServer();
        server.Serve(await File.ReadAllBytesAsync(fixture.Get<ModelStore>().PathOf(fixture.Model)));
        var (time, path) = (new FakeTimeProvider(), models.Store.PathOf(fixture.Model));
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = Environments.Development });
        builder.Configuration.AddInMemoryCollection([new("BG_MODEL", fixture.Model.Name), new("BG_MODEL_DIR", models.Folder), new("BG_MODEL_MIRROR", new Uri(server.Address, "/").ToString())]);
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.AddBackgroundRemoval();
        using var host = builder.Build();
        await host.StartAsync();
        var (model, segmenter) = (host.Services.GetRequiredService<DefaultModel>(), host.Services.GetRequiredService<Segmenter>());
        await model.Ready.WaitAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(0, server.Requests);

        File.Delete(path);
        if (!removed) await File.WriteAllBytesAsync(path, new byte[model.Model.Bytes]);
        // The session is in memory and needs no file until it has lain idle.
        time.Advance(2 * Segmenter.IdleTime);
        var picture = Pictures.ToSquare(Drawn.Ball(200, 200), model.Model.Input.Side, grey: 128);
        var failed = await Assert.ThrowsAsync<JobFailedException>(() => segmenter.SegmentAsync(model.Model, picture, CancellationToken.None));

        Assert.Equal((JobErrorCodes.ModelUnavailable, true), (failed.Error.Code, failed.Error.Retryable));
        await model.Ready.WaitAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(1, server.Requests);
        await segmenter.SegmentAsync(model.Model, picture, CancellationToken.None);
        await host.StopAsync();
    }
}
