namespace Ivg.Core.Webhooks;

/// <summary>One try, as the job's owner sees it.</summary>
public sealed record WebhookDelivery
{
    /// <summary>When it ended, in UTC.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The receiver's HTTP status; null when there was no answer.</summary>
    public int? Status { get; init; }

    /// <summary>Why there was none.</summary>
    public string? Error { get; init; }
}
