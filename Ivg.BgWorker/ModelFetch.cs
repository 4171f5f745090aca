using Ivg.Core.BackgroundRemoval;
using Ivg.Core.Jobs;

namespace Ivg.BgWorker;

/// <summary>The worker's other use: to put the default model's weights where the worker will look for them, and end.</summary>
internal static class ModelFetch
{
    public const string Verb = "fetch-model";

    /// <returns>The exit code: 1 when no source had them, the disk is full, or their terms are not accepted.</returns>
    public static async Task<int> RunAsync()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.AddServiceDefaults();
        builder.AddBackgroundRemoval();
        // Never started: nothing but the store is asked for.
        using var host = builder.Build();
        var model = host.Services.GetRequiredService<DefaultModel>().Model;
        try
        {
            var path = await host.Services.GetRequiredService<ModelStore>().EnsureAsync(model, CancellationToken.None);
            await Console.Out.WriteLineAsync($"The weights of {model.Name} are there: {path}");
            return 0;
        }
        catch (Exception e) when (e is IOException or JobFailedException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }
}
