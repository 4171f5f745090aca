using System.Net;
using Ivg.Api.Errors;
using Ivg.Api.Images;
using Ivg.Api.Sessions;
using Ivg.Api.Uploads;
using Ivg.Core.Images;
using Ivg.Tests.Application;
using Ivg.Tests.Generation;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Ivg.Tests.Limits;

/// <summary>How many pictures are decoded at once.</summary>
public sealed class DecodeSlotsTests
{
    private static readonly Caller Somebody = new("default:somebody", null, IsPlatform: true);

    [Fact]
    public async Task Slots_ManyAtOnce_AreTakenByNoMoreThanThereAre()
    {
        using var slots = new DecodeSlots(3, IvgClient.Patience);
        var (running, most) = (0, 0);
        await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => Task.Run(async () =>
        {
            using var slot = await slots.TakeAsync(CancellationToken.None);
            var now = Interlocked.Increment(ref running);
            lock (slots) most = Math.Max(most, now);
            await Task.Yield();
            Interlocked.Decrement(ref running);
        })));
        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public async Task Upload_WhileAllSlotsAreTaken_IsCheckedWhenOneIsFreeAnd503WhenNoneIs()
    {
        using var slots = new DecodeSlots(1, TimeSpan.FromMilliseconds(50));
        await using var database = NpgsqlDataSource.Create("Host=nowhere.invalid");
        var picker = new SourcePicker(new AssetStore(database), slots, Options.Create(new ImageLimits()), TimeProvider.System);
        var submission = Submission.Of("/api/variations", new Dictionary<string, string>(), BadPictures.Jpeg(300, 200));
        using (await slots.TakeAsync(CancellationToken.None))
        {
            var refused = await Assert.ThrowsAsync<ApiException>(() => picker.PickAsync(submission, Somebody, CancellationToken.None));
            Assert.Equal((503, "unavailable", true), (refused.Status, refused.Code, refused.RetryAfter > 0));
        }
        Assert.NotNull((await picker.PickAsync(submission, Somebody, CancellationToken.None)).Upload);

        // Renderings decode too.
        using var renderings = new Renderings(slots, TimeProvider.System);
        var (picture, sha256) = (TestPictures.Png(300, 200), new byte[32]);
        Task<byte[]?> RenderAsync() => renderings.GetAsync(sha256, 64, ImageFormat.Png, () => Task.FromResult<byte[]?>(picture), CancellationToken.None);
        using (await slots.TakeAsync(CancellationToken.None)) Assert.Equal(503, (await Assert.ThrowsAsync<ApiException>(RenderAsync)).Status);
        Assert.NotNull(await RenderAsync());
    }

    [Fact]
    public async Task Uploads_of_many_large_pictures_at_once_all_end_in_an_answer_in_little_memory()
    {
        // Nobody works here; and in a gigabyte there is room for one picture of 40 megapixels beside all else.
        await using var servers = await OwnServers.CreateAsync();
        var (api, address) = await ServiceProcess.StartListeningAsync("Ivg.Api", servers.Settings(("DOTNET_GCHeapHardLimit", "0x40000000")));
        await using var _ = api;
        using var user = new IvgClient(address, $"decodes-{Guid.NewGuid():N}");
        var picture = BadPictures.Jpeg(6000, 5000);
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => user.PostAsync("/api/variations", IvgClient.Form(picture))));
        Assert.All(answers, answer => Assert.True(
            answer.StatusCode == HttpStatusCode.Accepted || answer is { StatusCode: HttpStatusCode.ServiceUnavailable, Headers.RetryAfter: not null }));
        using var after = await user.Http.GetAsync("/api/jobs");
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    [Theory]
    [InlineData(40_000_000)]
    [InlineData(400_000_000)]
    public void Fitting_IsOneAtLeastAndNoMoreThanThereAreCores(long maxPixels) =>
        Assert.InRange(DecodeSlots.Fitting(maxPixels), 1, Environment.ProcessorCount);
}
