namespace Aspire.Hosting.ApplicationModel;

/// <summary>A link shown for a resource.</summary>
public sealed class ResourceUrlAnnotation : IResourceAnnotation
{
    /// <summary>Absolute, or a path below the endpoint's URL.</summary>
    public required string Url { get; set; }

    public string? DisplayText { get; set; }

    public EndpointReference? Endpoint { get; init; }

    public int? DisplayOrder { get; set; }
}
