using DotNetEnv.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Ivg.ServiceDefaults.Settings;

internal static class SeedSettingsExtensions
{
    /// <summary>Reads the <c>.env</c> file that <c>DOTENV_FILE</c> names, below the environment, and the seed's other names for settings.</summary>
    /// <remarks>Values that are not what they must be are named when the service starts, with all other faults; until then their defaults stand in.</remarks>
    public static void AddSeedSettings(this IHostApplicationBuilder builder)
    {
        var faults = SettingsFaults.Of(builder);
        var file = builder.Configuration["DOTENV_FILE"];
        if (!string.IsNullOrEmpty(file) && !File.Exists(file)) faults.Add($"DOTENV_FILE names {file}, which is not there.");
        else if (!string.IsNullOrEmpty(file))
        {
            var values = new ConfigurationBuilder().AddDotNetEnv(file, new DotNetEnv.LoadOptions(setEnvVars: false)).Build();
            builder.Configuration.Sources.Insert(0, new ChainedConfigurationSource { Configuration = values });
        }
        var found = new Dictionary<string, string?>();
        foreach (var setting in SettingsCatalogue.All)
        {
            if (string.IsNullOrEmpty(builder.Configuration[setting.Key]) && setting.Aliases.Select(alias => builder.Configuration[alias]).FirstOrDefault(value => value is { Length: > 0 }) is { } value)
                found.Add(setting.Key, value);
        }
        foreach (var setting in SettingsCatalogue.All)
        {
            if ((found.GetValueOrDefault(setting.Key) ?? builder.Configuration[setting.Key]) is not { Length: > 0 } value || setting.Fault(value) is not { } fault) continue;
            faults.Add(fault);
            found[setting.Key] = setting.Default;
        }
        builder.Configuration.AddInMemoryCollection(found);
    }
}
