namespace Ivg.Api.Limits;

/// <summary>On endpoints that make jobs: they have a bucket of their own.</summary>
internal sealed class SubmitMarker
{
    public static SubmitMarker Instance { get; } = new();
}
