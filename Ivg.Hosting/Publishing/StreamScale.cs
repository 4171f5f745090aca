using Aspire.Hosting.ApplicationModel;

namespace Ivg.Hosting.Publishing;

/// <summary>Replicas follow the length of a Redis stream whose entries are deleted when their work is done.</summary>
/// <param name="Redis">The server.</param>
/// <param name="Stream">The stream's key.</param>
/// <param name="Length">Entries, waiting and running, that one replica keeps up with.</param>
/// <param name="Reason">How <paramref name="Length"/> comes about; written beside it.</param>
public sealed record StreamScale(RedisResource Redis, string Stream, int Length, string Reason);
