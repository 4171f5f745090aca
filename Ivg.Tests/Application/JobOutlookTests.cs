using Ivg.Tests.Generation;

namespace Ivg.Tests.Application;

/// <summary>What a job says of itself beside its state: what was asked, and how long such jobs usually take.</summary>
public sealed class JobOutlookTests
{
    [Fact]
    public async Task Job_SaysWhatWasAskedAndHowLongItUsuallyTakes()
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        var first = await user.FinishAsync(await user.SubmitAsync("/api/variations", TestPictures.Png(96, 64), ("prompt", "with snow"), ("count", "2")));
        Assert.Null(first["expected_seconds"]);

        // Figures are asked for now and then, so the first of them may be some seconds away.
        var expected = await Until.TrueAsync(async () =>
        {
            var next = await user.SubmitAsync("/api/variations", TestPictures.Png(96, 64));
            await user.FinishAsync(next);
            return next["expected_seconds"];
        }, IvgClient.Patience, "a usual time");
        Assert.InRange((int)expected, 1, 600);

        var request = first["request"]!;
        Assert.Equal(("with snow", 2, "auto"), ((string?)request["prompt"], (int)request["count"]!, (string?)request["aspect_ratio"]));
        using var source = await user.Http.GetAsync($"/api/images/{request["image_id"]}");
        Assert.True(source.IsSuccessStatusCode);
    }
}
