using Ivg.Core.Images;
using Ivg.Core.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Ivg.Core.BackgroundRemoval;

/// <summary>Makes a process able to do background removal jobs.</summary>
public static class BackgroundRemovalRegistration
{
    /// <summary>Adds the handler, the models, and the task that makes the default one ready. Needs an <c>NpgsqlDataSource</c>.</summary>
    public static IHostApplicationBuilder AddBackgroundRemoval(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        builder.AddModels();
        services.TryAddSingleton<AssetStore>();
        services.AddSingleton<DefaultModel>();
        services.AddSingleton(provider => new WorkerCeiling(
            Environment.ProcessorCount, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, provider.GetRequiredService<DefaultModel>().Model.RemovalBytes));
        services.AddSingleton<Segmenter>();
        services.AddSingleton<BackgroundRemover>();
        services.AddSingleton<IJobHandler, BackgroundRemovalHandler>();
        services.AddHostedService<ModelStartup>();
        services.AddHealthChecks().AddCheck<ModelHealthCheck>("model", tags: ["ready"]);
        return builder;
    }

    /// <summary>Adds the catalogue of models and the store of their weights: enough to name, fetch and check them.</summary>
    public static IHostApplicationBuilder AddModels(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddOptions<BackgroundRemovalOptions>().Bind(builder.Configuration).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ModelCatalogue>();
        services.TryAddSingleton<ModelStore>();
        return builder;
    }
}
