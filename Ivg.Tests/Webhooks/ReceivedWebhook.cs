namespace Ivg.Tests.Webhooks;

internal sealed record ReceivedWebhook(string Method, IReadOnlyDictionary<string, string> Headers, byte[] Body);
