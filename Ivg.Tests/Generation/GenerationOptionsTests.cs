using Ivg.Core.Generation;
using Ivg.Core.Generation.Gemini;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Ivg.Tests.Generation;

public sealed class GenerationOptionsTests
{
    [Theory]
    [InlineData("Development", "", "", "offline")]
    [InlineData("Development", "key", "", "nano_banana")]
    [InlineData("Production", "key", "", "nano_banana")]
    [InlineData("Production", "", "offline", "offline")]
    [InlineData("Production", "key", "offline", "offline")]
    [InlineData("Production", "", "openai", "openai")]
    public void Provider_IsChosenBySettingKeyAndEnvironment(string environment, string key, string setting, string chosen)
    {
        using var host = Build(environment, new() { ["GEMINI_API_KEY"] = key, ["IMAGE_PROVIDER"] = setting, ["OPENAI_API_KEY"] = "sk-key" });
        Assert.Equal(chosen, host.Services.GetRequiredService<ImageProviders>().Selected.Name);
    }

    [Theory]
    [InlineData("GEMINI_API_KEY", "", "GEMINI_API_KEY")]
    [InlineData("IMAGE_PROVIDER", "dalle", "nano_banana, offline, openai")]
    [InlineData("IMAGE_PROVIDER", "openai", "OPENAI_API_KEY")]
    [InlineData("OPENAI_BASE_URL", "api.openai.com", "OPENAI_BASE_URL")]
    [InlineData("OPENAI_IMAGE_MODEL", "two words", "OPENAI_IMAGE_MODEL")]
    [InlineData("OPENAI_API_KEY", "two\nlines", "OPENAI_API_KEY")]
    [InlineData("OPENAI_TIMEOUT", "0", "OPENAI_TIMEOUT")]
    [InlineData("GEMINI_BASE_URL", "ftp://somewhere", "GEMINI_BASE_URL")]
    [InlineData("GEMINI_API_KEY", "two\nlines", "GEMINI_API_KEY")]
    [InlineData("GEMINI_MODEL", "../../secrets", "Model")]
    [InlineData("GEMINI_TOTAL_TIMEOUT", "10", "GEMINI_TOTAL_TIMEOUT")]
    [InlineData("FAST_REFERENCE_MAX_SIZE", "1", "FastReferenceMaxSize")]
    public async Task Start_WrongSetting_FailsAndNamesIt(string setting, string value, string named)
    {
        using var host = Build("Production", new() { ["GEMINI_API_KEY"] = "key", [setting] = value });
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync());
        Assert.Contains(named, failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, "https://generativelanguage.googleapis.com/v1beta/models/m:generateContent")]
    [InlineData("http://host:8080/", null, "http://host:8080/v1beta/models/m:generateContent")]
    [InlineData("http://host:8080/proxy/v1beta", null, "http://host:8080/proxy/v1beta/models/m:generateContent")]
    [InlineData(null, "http://sdk:1", "http://sdk:1/v1beta/models/m:generateContent")]
    [InlineData("http://own:2", "http://sdk:1", "http://own:2/v1beta/models/m:generateContent")]
    public void BaseUrl_OwnNameThenTheSdksThenGoogle(string? own, string? sdk, string endpoint)
    {
        using var host = Build("Development", new() { ["GEMINI_BASE_URL"] = own, ["GOOGLE_GEMINI_BASE_URL"] = sdk });
        Assert.Equal(endpoint, host.Services.GetRequiredService<IOptions<GeminiOptions>>().Value.Endpoint("m").AbsoluteUri);
    }

    private static IHost Build(string environment, Dictionary<string, string?> settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection(settings.Where(setting => setting.Value is not null));
        builder.Services.AddSingleton(NpgsqlDataSource.Create("Host=127.0.0.1;Port=1"));
        builder.AddGeneration();
        return builder.Build();
    }
}
