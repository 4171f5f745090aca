using Ivg.Core.BackgroundRemoval;

namespace Ivg.BgWorker;

/// <summary>The worker's other use: to put the default model's weights where the worker will look for them, and end.</summary>
internal static class ModelFetch
{
    public const string Verb = "fetch-model";

    /// <exception cref="IOException">No source had them, or the disk is full.</exception>
    public static async Task RunAsync()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.AddServiceDefaults();
        builder.AddBackgroundRemoval();
        // Never started: nothing but the store is asked for.
        using var host = builder.Build();
        var model = host.Services.GetRequiredService<DefaultModel>().Model;
        await host.Services.GetRequiredService<ModelStore>().EnsureAsync(model, CancellationToken.None);
    }
}
