namespace Ivg.Tests.Application;

/// <summary>A model that is known but whose weights are not here: never fetched for a job, which fails and says what to do.</summary>
public sealed class MissingWeightsTests
{
    [Fact]
    public async Task RemoveBackground_WeightsNotThere_FailsAsModelUnavailableAndSaysHowToFetchThem()
    {
        // The weights of this one are fetched by nothing here.
        const string Model = "u2net_human_seg";
        Assert.False(File.Exists(Path.Combine(IvgApplication.ModelFolder(), Model + ".onnx")));
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();

        var job = await user.FinishAsync(await user.SubmitAsync("/api/remove-background", BackgroundRemoval.Drawn.Png(BackgroundRemoval.Drawn.Ball(64, 48)), ("model", Model)));

        Assert.Equal(("failed", "model_unavailable"), ((string?)job["status"], (string?)job["error"]!["code"]));
        Assert.False((bool)job["error"]!["retryable"]!);
        Assert.Contains("Ivg.Migrator models fetch " + Model, (string?)job["error"]!["message"]);
    }
}
