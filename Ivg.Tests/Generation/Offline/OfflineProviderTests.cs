using System.Diagnostics;
using Ivg.Core.Generation;
using Ivg.Core.Generation.Offline;
using Ivg.Core.Images;
using Ivg.Core.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace Ivg.Tests.Generation.Offline;

public sealed class OfflineProviderTests : IDisposable
{
    private readonly OfflineProvider _provider = new();

    public void Dispose() => _provider.Dispose();

    [Fact]
    public async Task Same_request_gives_the_same_bytes()
    {
        var request = Samples.Request(Samples.Png(Samples.Scene()), TestProfiles.Of("wash"), seed: 5);
        Assert.Equal((await ImageOf(request)).Bytes, (await ImageOf(request)).Bytes);
    }

    [Fact]
    public async Task It_claims_no_model()
    {
        var outcome = await _provider.GenerateAsync(Samples.Request(Samples.Png(Samples.Scene()), TestProfiles.Of("flat")), CancellationToken.None);
        Assert.Equal(ImageOrigin.Algorithm, outcome.Origin);
    }

    [Theory]
    [InlineData(1600, 1200, "1:1", 1024, 1024)] // padded: a crop would lose a quarter
    [InlineData(1600, 1200, "5:4", 1024, 819)] // cropped
    [InlineData(320, 240, "16:9", 427, 240)]
    [InlineData(300, 300, "9:16", 300, 533)]
    [InlineData(320, 240, "auto", 320, 240)]
    [InlineData(16, 16, "1:1", 64, 64)]
    [InlineData(2000, 20, "21:9", 1024, 439)]
    [InlineData(17, 900, "9:16", 506, 900)]
    public async Task The_ratio_is_fitted_and_the_size_bounded(int width, int height, string ratio, int expectedWidth, int expectedHeight)
    {
        var request = Samples.Request(Samples.Png(Samples.Scene(width, height)), TestProfiles.Of("flat"), ratio: ratio);
        var image = await ImageOf(request);
        Assert.InRange(image.Width, expectedWidth - 1, expectedWidth + 1);
        Assert.InRange(image.Height, expectedHeight - 1, expectedHeight + 1);
        var info = Pictures.Identify(image.Bytes);
        Assert.Equal((image.Width, image.Height, ImageFormat.Png), (info.Width, info.Height, info.Format));
    }

    [Theory]
    [MemberData(nameof(TestProfiles.AllKinds), MemberType = typeof(TestProfiles))]
    public async Task Transparency_becomes_the_profiles_paper(string kind)
    {
        var profile = TestProfiles.Of(kind);
        var image = await ImageOf(Samples.Request(Samples.Png(Samples.Disc(200)), profile, ratio: "1:1"));
        var picture = LabPicture.From(Pictures.Decode(image.Bytes));
        var corner = Enumerable.Range(10, 20).SelectMany(y => Enumerable.Range(10, 20).Select(x => picture[(y * picture.Width) + x])).ToList();
        var paper = Lab.FromHex(profile.Paper);
        Assert.InRange(corner.Average(c => c.L), paper.L - 0.06, paper.L + 0.1);
        Assert.True(picture[(100 * picture.Width) + 100].Distance2(paper) > 0.002 || kind is "hatch" or "chalk", "The disc is gone.");
    }

    [Theory]
    [MemberData(nameof(TestProfiles.AllKinds), MemberType = typeof(TestProfiles))]
    public async Task One_colour_and_few_pixels_are_no_trouble(string kind)
    {
        foreach (var (width, height, value) in new[] { (1, 1, 0), (16, 16, 255), (64, 3, 128) })
        {
            var pixels = new byte[width * height * 3];
            Array.Fill(pixels, (byte)value);
            var image = await ImageOf(Samples.Request(Samples.Png(new Picture(width, height, 3, pixels)), TestProfiles.Of(kind), ratio: "1:1"));
            Assert.True(Math.Min(image.Width, image.Height) >= 64);
        }
    }

    [Fact]
    public async Task Bytes_that_are_no_picture_are_a_named_failure()
    {
        foreach (var bytes in new[] { [], "not a picture"u8.ToArray(), Samples.Png(Samples.Scene())[..2000] })
        {
            var outcome = await _provider.GenerateAsync(Samples.Request(bytes, null), CancellationToken.None);
            Assert.Null(outcome.Image);
            Assert.Equal(JobErrorCodes.ProviderRejected, outcome.Failure!.Code);
            Assert.False(outcome.Failure.Retryable);
        }
    }

    [Fact]
    public async Task No_source_is_a_named_failure()
    {
        var outcome = await _provider.GenerateAsync(Samples.Request([], null) with { Images = [] }, CancellationToken.None);
        Assert.Equal(JobErrorCodes.ProviderRejected, outcome.Failure!.Code);
    }

    [Fact]
    public async Task Cancelling_ends_the_work_promptly()
    {
        var request = Samples.Request(Samples.Png(Samples.Scene(1024, 1024)), TestProfiles.Of("gouache"), ratio: "1:1");
        using var before = new CancellationTokenSource();
        await before.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _provider.GenerateAsync(request, before.Token));

        var whole = Stopwatch.StartNew();
        await ImageOf(request);
        var full = whole.Elapsed;
        using var midway = new CancellationTokenSource(full / 4);
        var cancelled = Stopwatch.StartNew();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _provider.GenerateAsync(request, midway.Token));
        Assert.True(cancelled.Elapsed < full, $"{cancelled.Elapsed} after cancelling at a quarter of {full}.");
    }

    [Fact]
    public void It_is_registered_by_its_name()
    {
        using var services = new ServiceCollection().AddOfflineProvider().BuildServiceProvider();
        Assert.Equal("offline", Assert.Single(services.GetServices<IImageProvider>()).Name);
    }

    private async Task<ProducedImage> ImageOf(ProviderRequest request) =>
        (await _provider.GenerateAsync(request, CancellationToken.None)).Image ?? throw new InvalidOperationException("No image came.");
}
