namespace Ivg.Api.Limits;

/// <summary>On endpoints that make jobs: they have a bucket of their own.</summary>
/// <param name="Pictures">How many a request may bring.</param>
internal sealed record SubmitMarker(int Pictures);
