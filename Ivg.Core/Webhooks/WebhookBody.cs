using Ivg.Core.Jobs;

namespace Ivg.Core.Webhooks;

/// <summary>The JSON that a finished job's webhook carries, in UTF-8.</summary>
public delegate byte[] WebhookBody(Job job);
