using Ivg.Core.Data;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Ivg.Core.Retention;

/// <summary>Registers retention.</summary>
public static class RetentionExtensions
{
    /// <summary>The cleaner and its settings; somebody has to call it.</summary>
    public static void AddRetention(this IHostApplicationBuilder builder)
    {
        DapperConventions.Apply();
        builder.Services.AddOptions<RetentionOptions>().Bind(builder.Configuration).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<Cleaner>();
    }
}
