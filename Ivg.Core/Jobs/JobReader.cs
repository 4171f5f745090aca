using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Ivg.Core.Jobs;

/// <summary>
/// Reads one queue with a blocking <c>XREADGROUP</c>, on a connection of its own: a blocked read would stall everybody else on a shared one.
/// </summary>
internal sealed partial class JobReader(ConfigurationOptions redis, JobStream stream, string queue, string consumer, ILogger logger) : IAsyncDisposable
{
    private const int BlockMilliseconds = 2000;

    // Well above the block: a client-side time-out that fires first would lose what the server delivers after it.
    private static readonly TimeSpan Watchdog = TimeSpan.FromMilliseconds(BlockMilliseconds + 5000);

    private static readonly TimeSpan Farewell = TimeSpan.FromMilliseconds(500);

    private ConnectionMultiplexer? _connection;
    private long _clientId;

    /// <summary>
    /// The entries delivered to this consumer, at most <paramref name="count"/>; none when the queue stayed empty for two seconds.
    /// On a new connection also those delivered before, of which <paramref name="inHand"/> are known to it.
    /// </summary>
    public async Task<IReadOnlyList<JobDelivery>> ReadAsync(int count, int inHand, CancellationToken cancellationToken)
    {
        try
        {
            if (_connection is null)
            {
                _connection = await ConnectAsync().WaitAsync(Watchdog, cancellationToken);
                _clientId = (long)await _connection.GetDatabase().ExecuteAsync("CLIENT", "ID").WaitAsync(Watchdog, cancellationToken);
                await stream.EnsureGroupAsync(queue);
                // What was delivered to us on a connection that broke is still ours.
                var own = Parse(await CommandAsync(count + inHand, "0", block: false).WaitAsync(Watchdog, cancellationToken));
                if (own.Count > 0) return own;
            }
            return Parse(await FinishAsync(CommandAsync(count, ">", block: true), cancellationToken));
        }
        catch (RedisServerException e) when (e.Message.StartsWith("NOGROUP", StringComparison.Ordinal))
        {
            await stream.EnsureGroupAsync(queue);
            return [];
        }
        catch (Exception e) when (RedisFault.Is(e))
        {
            LogLost(logger, queue, e.Message);
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _connection, null) is not { } connection) return;
        // A farewell would wait behind the blocked read, and a server that hangs answers none.
        await CloseAsync(connection).WaitAsync(Farewell).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task CloseAsync(ConnectionMultiplexer connection)
    {
        await connection.CloseAsync(allowCommandsToComplete: false);
        await connection.DisposeAsync();
    }

    // A read that was begun is not abandoned: what the server gives it after that would belong to nobody. It is told to return instead.
    private async Task<RedisResult> FinishAsync(Task<RedisResult> read, CancellationToken cancellationToken)
    {
        try
        {
            return await read.WaitAsync(Watchdog, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            using var limit = new CancellationTokenSource(Farewell);
            while (!read.IsCompleted && !limit.IsCancellationRequested)
            {
                // Again and again, for the first may overtake the read.
                await stream.UnblockAsync(_clientId).WaitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await Task.WhenAny(read, Task.Delay(50, limit.Token));
            }
            if (!read.IsCompletedSuccessfully) throw;
            return await read;
        }
    }

    private async Task<ConnectionMultiplexer> ConnectAsync()
    {
        var own = redis.Clone();
        own.AsyncTimeout = own.SyncTimeout = 10_000;
        own.AbortOnConnectFail = true;
        // An attempt is over before the watchdog looks away from it; a later one would leave a connection that nobody closes.
        (own.ConnectRetry, own.ConnectTimeout) = (1, 5000);
        // The reply to an ad hoc command has one shape in RESP2 and another in RESP3.
        own.Protocol = RedisProtocol.Resp2;
        own.ClientName = consumer;
        return await ConnectionMultiplexer.ConnectAsync(own);
    }

    private Task<RedisResult> CommandAsync(int count, string from, bool block)
    {
        object[] arguments = block
            ? ["GROUP", JobStream.Group, consumer, "COUNT", count, "BLOCK", BlockMilliseconds, "STREAMS", queue, from]
            : ["GROUP", JobStream.Group, consumer, "COUNT", count, "STREAMS", queue, from];
        return _connection!.GetDatabase().ExecuteAsync("XREADGROUP", arguments);
    }

    private static List<JobDelivery> Parse(RedisResult reply)
    {
        var deliveries = new List<JobDelivery>();
        if (reply.IsNull) return deliveries;
        foreach (var stream in (RedisResult[])reply!)
        {
            foreach (var entry in (RedisResult[])stream[1]!)
            {
                // An entry that was deleted meanwhile comes without fields.
                var fields = entry[1].IsNull ? [] : (string[])entry[1]!;
                deliveries.Add(JobDelivery.Read(entry[0].ToString(), name => Array.IndexOf(fields, name) is >= 0 and var index ? fields[index + 1] : null));
            }
        }
        return deliveries;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Lost Redis while reading {Queue}: {Reason}")]
    private static partial void LogLost(ILogger logger, string queue, string reason);
}
