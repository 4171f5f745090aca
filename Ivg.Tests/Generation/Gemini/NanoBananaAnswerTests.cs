using Ivg.Core.Images;

namespace Ivg.Tests.Generation.Gemini;

/// <summary>Which part of an answer is the picture.</summary>
public sealed class NanoBananaAnswerTests
{
    [Fact]
    public async Task GenerateAsync_Success_GivesAVerifiedPngWithItsProvenance()
    {
        await using var rig = await GeminiRig.StartAsync();
        var outcome = await rig.GenerateAsync();
        Assert.Null(outcome.Failure);
        var info = Pictures.Identify(outcome.Image!.Bytes);
        Assert.Equal((ImageFormat.Png, 1184, 864), (info.Format, info.Width, info.Height));
        Assert.Equal((1184, 864, "image/png"), (outcome.Image.Width, outcome.Image.Height, outcome.Image.MediaType));
        Assert.Equal((GeminiRig.Model, GeminiRig.Model), (outcome.Model, outcome.ModelVersion));
        Assert.Equal((560, 1200), (outcome.InputTokens, outcome.OutputTokens));
        Assert.False(string.IsNullOrEmpty(outcome.ProviderRequestId));
        Assert.Equal(1, rig.Calls);
    }

    [Theory]
    [InlineData("text_then_image")]
    [InlineData("drafts_then_image")]
    [InlineData("two_images")]
    [InlineData("draft_only")]
    [InlineData("unknown_members")]
    [InlineData("jpeg")]
    [InlineData("odd_finish")]
    [InlineData("wrong_mime")]
    [InlineData("slow_body")]
    public async Task Layouts_TheFinalPictureIsFound(string behaviour)
    {
        await using var rig = await GeminiRig.StartAsync();
        var outcome = await rig.Script(behaviour).GenerateAsync();
        Assert.Null(outcome.Failure);
        Assert.Equal((1184, 864), (outcome.Image!.Width, outcome.Image.Height));
        Assert.Equal(1, rig.Calls);
    }
}
