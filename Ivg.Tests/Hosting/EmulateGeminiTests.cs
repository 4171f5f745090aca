using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Ivg.Tests.Hosting;

/// <summary>The AppHost's model with and without <c>--emulate-gemini</c>.</summary>
public sealed class EmulateGeminiTests
{
    [Theory]
    [InlineData("api")]
    [InlineData("generate-worker")]
    public async Task With_the_switch_the_service_asks_the_emulator_with_the_emulators_key(string service)
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Ivg_AppHost>(["--emulate-gemini", "--GEMINI_API_KEY=a-real-key"]);
        await using var app = await builder.BuildAsync();
        var emulator = builder.Resources.OfType<ProjectResource>().Single(resource => resource.Name == "gemini-emulator");
        var told = await ToldAsync(app, builder.Resources.Single(resource => resource.Name == service));
        var emulated = await ToldAsync(app, emulator);

        var address = Assert.IsType<EndpointReference>(told["GEMINI_BASE_URL"]);
        Assert.Equal((emulator, "http"), (address.Resource, address.EndpointName));
        Assert.Equal("nano_banana", told["IMAGE_PROVIDER"]);
        Assert.Equal(emulated["EMULATOR_API_KEY"], told["GEMINI_API_KEY"]);
        Assert.DoesNotContain("a-real-key", told.Values);
        Assert.Equal("1", emulated["EMULATOR_LATENCY_SCALE"]);
        Assert.Contains(builder.Resources.Single(resource => resource.Name == service).Annotations.OfType<WaitAnnotation>(), wait => wait.Resource == emulator);
        Assert.NotEmpty(emulator.Annotations.OfType<HealthCheckAnnotation>());
    }

    [Fact]
    public async Task Argument_behind_the_switch_still_counts()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Ivg_AppHost>(["--emulate-gemini", "--EMULATOR_LATENCY_SCALE=0.1"]);
        await using var app = await builder.BuildAsync();
        Assert.Equal("0.1", (await ToldAsync(app, builder.Resources.Single(resource => resource.Name == "gemini-emulator")))["EMULATOR_LATENCY_SCALE"]);
    }

    [Fact]
    public async Task Without_the_switch_there_is_no_emulator_and_the_key_is_the_parameter()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Ivg_AppHost>([]);
        await using var app = await builder.BuildAsync();

        Assert.DoesNotContain(builder.Resources, resource => resource.Name == "gemini-emulator");
        foreach (var service in new[] { "api", "generate-worker" })
        {
            var told = await ToldAsync(app, builder.Resources.Single(resource => resource.Name == service));
            Assert.Equal("gemini-api-key", Assert.IsType<ParameterResource>(told["GEMINI_API_KEY"]).Name);
            Assert.DoesNotContain("GEMINI_BASE_URL", told.Keys);
            Assert.DoesNotContain("IMAGE_PROVIDER", told.Keys);
        }
    }

    private static async Task<Dictionary<string, object>> ToldAsync(DistributedApplication app, IResource resource)
    {
        var context = new EnvironmentCallbackContext(app.Services.GetRequiredService<DistributedApplicationExecutionContext>(), resource);
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            try
            {
                await annotation.Callback(context);
            }
            catch (InvalidOperationException)
            {
                // Addresses of servers are not known before the start, and are not what this is about.
            }
        }
        return context.EnvironmentVariables;
    }
}
