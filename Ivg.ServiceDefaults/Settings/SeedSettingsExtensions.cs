using DotNetEnv.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Ivg.ServiceDefaults.Settings;

internal static class SeedSettingsExtensions
{
    /// <summary>Reads the <c>.env</c> file that <c>DOTENV_FILE</c> names, below the environment, and the seed's other names for settings.</summary>
    /// <exception cref="InvalidOperationException">Values that are not what they must be; all of them are named.</exception>
    public static void AddSeedSettings(this IHostApplicationBuilder builder)
    {
        if (builder.Configuration["DOTENV_FILE"] is { Length: > 0 } file)
        {
            if (!File.Exists(file)) throw new FileNotFoundException($"DOTENV_FILE names {file}, which is not there.", file);
            var values = new ConfigurationBuilder().AddDotNetEnv(file, new DotNetEnv.LoadOptions(setEnvVars: false)).Build();
            builder.Configuration.Sources.Insert(0, new ChainedConfigurationSource { Configuration = values });
        }
        var found = new Dictionary<string, string?>();
        foreach (var setting in SettingsCatalogue.All)
        {
            if (string.IsNullOrEmpty(builder.Configuration[setting.Key]) && setting.Aliases.Select(alias => builder.Configuration[alias]).FirstOrDefault(value => value is { Length: > 0 }) is { } value)
                found.Add(setting.Key, value);
        }
        builder.Configuration.AddInMemoryCollection(found);
        var faults = SettingsCatalogue.All.Select(setting => builder.Configuration[setting.Key] is { Length: > 0 } value ? setting.Fault(value) : null).OfType<string>().ToList();
        if (faults.Count > 0) throw new InvalidOperationException(string.Join(' ', faults));
    }
}
