using DotNetEnv.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Ivg.ServiceDefaults.Settings;

internal static class SeedSettingsExtensions
{
    // Alias to name; of two aliases the first that is set wins, and the name itself wins over both.
    private static readonly (string Alias, string Name)[] Aliases =
    [
        ("DATABASE_URL", "ConnectionStrings:ivgdb"),
        ("REDIS_URL", "ConnectionStrings:redis"),
        ("CELERY_BROKER_URL", "ConnectionStrings:redis"),
        ("CELERY_RESULT_EXPIRES", "JOB_RESULT_EXPIRES"),
        ("CELERY_WORKER_AUTOSCALE_MIN", "WORKER_AUTOSCALE_MIN"),
        ("CELERY_WORKER_AUTOSCALE_MAX", "WORKER_AUTOSCALE_MAX"),
        ("GOOGLE_GEMINI_BASE_URL", "GEMINI_BASE_URL"),
    ];

    /// <summary>Reads the <c>.env</c> file that <c>DOTENV_FILE</c> names, below the environment, and the seed's other names for settings.</summary>
    public static void AddSeedSettings(this IHostApplicationBuilder builder)
    {
        if (builder.Configuration["DOTENV_FILE"] is { Length: > 0 } file)
        {
            if (!File.Exists(file)) throw new FileNotFoundException($"DOTENV_FILE names {file}, which is not there.", file);
            var values = new ConfigurationBuilder().AddDotNetEnv(file, new DotNetEnv.LoadOptions(setEnvVars: false)).Build();
            builder.Configuration.Sources.Insert(0, new ChainedConfigurationSource { Configuration = values });
        }
        var found = new Dictionary<string, string?>();
        foreach (var (alias, name) in Aliases)
        {
            if (builder.Configuration[alias] is { Length: > 0 } value && string.IsNullOrEmpty(builder.Configuration[name]))
                found.TryAdd(name, value);
        }
        builder.Configuration.AddInMemoryCollection(found);
    }
}
