using Ivg.ServiceDefaults.Settings;
using Microsoft.Extensions.Configuration;

namespace Ivg.Migrator.Verbs;

/// <summary>Prints what is in force and where each value came from.</summary>
internal sealed class SettingsVerb(IConfiguration configuration) : IVerb
{
    public string Name => "settings";

    public string Help => "settings               prints the settings in force and their origin, secrets masked";

    public Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        foreach (var setting in SettingsCatalogue.All)
        {
            var value = configuration[setting.Key];
            if (string.IsNullOrEmpty(value)) Console.WriteLine($"{setting.Name} = {setting.Default}  (default)");
            else Console.WriteLine($"{setting.Name} = {setting.Shown(value)}  ({Origin(setting)})");
        }
        return Task.FromResult(0);
    }

    private string Origin(Setting setting)
    {
        var providers = ((IConfigurationRoot)configuration).Providers.Reverse().ToList();
        foreach (var provider in providers)
        {
            if (!provider.TryGet(setting.Key, out var value) || string.IsNullOrEmpty(value)) continue;
            if (setting.Aliases.FirstOrDefault(alias => configuration[alias] == value) is { } alias && provider is Microsoft.Extensions.Configuration.Memory.MemoryConfigurationProvider)
                return alias;
            return provider switch
            {
                ChainedConfigurationProvider => configuration["DOTENV_FILE"] ?? "host",
                FileConfigurationProvider file => file.Source.Path ?? "file",
                _ => "environment",
            };
        }
        return "default";
    }
}
