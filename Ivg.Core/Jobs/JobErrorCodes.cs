namespace Ivg.Core.Jobs;

/// <summary>The error codes a job can end with.</summary>
public static class JobErrorCodes
{
    public const string ProviderUnavailable = "provider_unavailable";
    public const string ProviderRateLimited = "provider_rate_limited";
    public const string ProviderTimeout = "provider_timeout";
    public const string ProviderAuth = "provider_auth";
    public const string ProviderRejected = "provider_rejected";
    public const string ContentBlocked = "content_blocked";
    public const string NoImageReturned = "no_image_returned";
    public const string CircuitOpen = "circuit_open";
    public const string ModelUnavailable = "model_unavailable";
    public const string SourceMissing = "source_missing";
    public const string WorkerLost = "worker_lost";
    public const string Internal = "internal";
}
