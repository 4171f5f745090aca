using Aspire.Hosting;
using Microsoft.Extensions.Configuration;

namespace Ivg.Hosting.Publishing;

/// <summary>What to publish, for what, and where to.</summary>
/// <param name="Publisher">Name of the target.</param>
/// <param name="OutputPath">Full path of the folder.</param>
/// <param name="Registry">What images' names begin with, no slash at its end; null where the deployment says so.</param>
/// <param name="Tag">Version of the images.</param>
internal sealed record PublishSettings(string Publisher, string OutputPath, string? Registry, string Tag)
{
    public const string OperationKey = "AppHost:Operation";
    private const string PublisherKey = "Publishing:Publisher";
    private const string OutputPathKey = "Publishing:OutputPath";
    private const string Latest = "latest";
    private const string Example = "--operation publish --publisher kubernetes --output-path deploy/kubernetes";

    /// <summary>The command line's words for configuration keys.</summary>
    public static IDictionary<string, string> Switches { get; } = new Dictionary<string, string>
    {
        ["--operation"] = OperationKey,
        ["--publisher"] = PublisherKey,
        ["--output-path"] = OutputPathKey,
    };

    public static DistributedApplicationOperation Operation(IConfiguration configuration) => configuration[OperationKey]?.ToLowerInvariant() switch
    {
        null or "" or "run" => DistributedApplicationOperation.Run,
        "publish" => DistributedApplicationOperation.Publish,
        var other => throw new DistributedApplicationException($"There is no operation '{other}': run (the default) or publish, as in {Example}"),
    };

    /// <exception cref="DistributedApplicationException">Something is missing.</exception>
    public static PublishSettings Read(IConfiguration configuration, string? version, IEnumerable<string> publishers)
    {
        var names = string.Join(", ", publishers);
        var publisher = configuration[PublisherKey] is { Length: > 0 } given ? given
            : throw new DistributedApplicationException($"Publish for what? Add --publisher with one of {names}, as in {Example}");
        var path = configuration[OutputPathKey] is { Length: > 0 } folder ? folder
            : throw new DistributedApplicationException($"Publish where to? Add --output-path with a folder, as in {Example}");
        var tag = configuration["Publishing:Tag"] is { Length: > 0 } text ? text : version ?? Latest;
        return new PublishSettings(publisher, Path.GetFullPath(path), configuration["Publishing:Registry"] is { Length: > 0 } registry ? registry.TrimEnd('/') : null,
            // A name that moves says nothing of a version: neither the migrator's next run nor a rollback could go by it.
            ImageTag.IsValid(tag) && tag != Latest ? tag : throw new DistributedApplicationException($"'{tag}' is not a version of an image: set Publishing:Tag to 1 to 128 letters, digits, dots, hyphens and underscores that name one; latest does not."));
    }
}
