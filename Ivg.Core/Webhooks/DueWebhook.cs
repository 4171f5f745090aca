using Ivg.Core.Jobs;

namespace Ivg.Core.Webhooks;

/// <summary>A webhook that this process may send.</summary>
/// <param name="Job">The finished job.</param>
/// <param name="Tries">How often it was tried before.</param>
/// <param name="LeasedUntil">Until when nobody else sends it.</param>
internal sealed record DueWebhook(Job Job, int Tries, DateTimeOffset LeasedUntil);
