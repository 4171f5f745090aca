namespace Ivg.Core.Webhooks;

/// <summary>How one try ended.</summary>
/// <param name="Status">The receiver's HTTP status, if it answered.</param>
/// <param name="Error">Else a word: <c>timeout</c>, <c>address_not_allowed</c>, <c>name_not_resolved</c>, <c>tls_failed</c> or <c>connection_failed</c>.</param>
/// <param name="RetryAfter">The wait that the receiver asked for.</param>
internal sealed record WebhookAnswer(int? Status, string? Error, TimeSpan? RetryAfter)
{
    public bool Delivered => Status is >= 200 and < 300;

    /// <summary>410: the receiver says that it wants no more of this.</summary>
    public bool Unwanted => Status == 410;
}
