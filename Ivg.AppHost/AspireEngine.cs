using Microsoft.Extensions.Configuration;

namespace Ivg.AppHost;

/// <summary>What only Aspire's engine needs; <c>EmbeddedEngine.cs</c> is its twin.</summary>
internal static class AspireEngine
{
    public static IDistributedApplicationBuilder UseEngine(this IDistributedApplicationBuilder builder)
    {
        // Aspire asks for a parameter without a value and holds back whoever needs it; services take an empty key for none.
        builder.Configuration["Parameters:gemini-api-key"] ??= builder.Configuration["GEMINI_API_KEY"] ?? "";
        return builder;
    }

    /// <summary>Tells a service where its own files go.</summary>
    public static IResourceBuilder<ProjectResource> WithEngineEnvironment(this IResourceBuilder<ProjectResource> project)
    {
        var builder = project.ApplicationBuilder;
        var folder = builder.Configuration["IVG_DATA_DIR"] ?? Path.Combine(builder.AppHostDirectory, "..", ".ivg");
        return project.WithEnvironment("IVG_DATA_DIR", Path.GetFullPath(folder));
    }
}
