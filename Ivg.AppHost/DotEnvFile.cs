using DotNetEnv.Configuration;
using Microsoft.Extensions.Configuration;

namespace Ivg.AppHost;

/// <summary>The file of settings that <c>DOTENV_FILE</c> names: for the model as for the services, which read it themselves.</summary>
internal static class DotEnvFile
{
    private const string Setting = "DOTENV_FILE";

    /// <summary>Reads it below everything else: the environment, user secrets and arguments win over it.</summary>
    public static IDistributedApplicationBuilder UseDotEnvFile(this IDistributedApplicationBuilder builder)
    {
        if (Environment.GetEnvironmentVariable(Setting) is not { Length: > 0 } named)
            return builder;

        var file = Path.GetFullPath(named);
        if (!File.Exists(file))
            throw new DistributedApplicationException($"{Setting} names {file}, which is not there. Correct the path, or unset {Setting}.");

        // Services start in folders of their own, from where a relative path leads elsewhere.
        Environment.SetEnvironmentVariable(Setting, file);
        var values = new ConfigurationBuilder().AddDotNetEnv(file, new DotNetEnv.LoadOptions(setEnvVars: false)).Build();
        builder.Configuration.Sources.Insert(0, new ChainedConfigurationSource { Configuration = values });
        return builder;
    }
}
