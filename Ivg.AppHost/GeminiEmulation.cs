namespace Ivg.AppHost;

/// <summary>Who answers the services that ask Gemini: Google, or with <see cref="Switch"/> the emulator.</summary>
internal static class GeminiEmulation
{
    public const string Switch = "--emulate-gemini";

    /// <summary>Only our emulator takes it, and it only this: a real key never gets there.</summary>
    private const string Key = "taken-by-the-emulator-alone";

    public static void WithGoogle(this IDistributedApplicationBuilder builder, params IResourceBuilder<ProjectResource>[] services)
    {
        var key = builder.AddParameter("gemini-api-key", secret: true);
        foreach (var service in services) service.WithEnvironment("GEMINI_API_KEY", key);
    }

    public static void WithEmulator(this IDistributedApplicationBuilder builder, params IResourceBuilder<ProjectResource>[] services)
    {
        var emulator = builder.AddProject<Projects.Ivg_GeminiEmulator>("gemini-emulator")
            .WithHttpEndpoint()
            .WithHttpHealthCheck("/_emulator/health")
            .WithEnvironment("EMULATOR_API_KEY", Key)
            .WithEnvironment("EMULATOR_LATENCY_SCALE", builder.Configuration["EMULATOR_LATENCY_SCALE"] ?? "1");
        foreach (var service in services)
        {
            service.WithEnvironment("IMAGE_PROVIDER", "nano_banana")
                .WithEnvironment("GEMINI_BASE_URL", emulator.GetEndpoint("http"))
                .WithEnvironment("GEMINI_API_KEY", Key)
                .WaitFor(emulator);
        }
    }
}
