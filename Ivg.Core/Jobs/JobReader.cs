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

    private ConnectionMultiplexer? _connection;

    /// <summary>The entries delivered to this consumer, at most <paramref name="count"/>; none when the queue stayed empty for two seconds.</summary>
    public async Task<IReadOnlyList<JobDelivery>> ReadAsync(int count, CancellationToken cancellationToken)
    {
        try
        {
            if (_connection is null)
            {
                _connection = await ConnectAsync().WaitAsync(Watchdog, cancellationToken);
                await stream.EnsureGroupAsync(queue);
                // What was delivered to us on a connection that broke is still ours.
                var own = Parse(await CommandAsync(count, "0", block: false).WaitAsync(Watchdog, cancellationToken));
                if (own.Count > 0) return own;
            }
            return Parse(await CommandAsync(count, ">", block: true).WaitAsync(Watchdog, cancellationToken));
        }
        catch (RedisServerException e) when (e.Message.StartsWith("NOGROUP", StringComparison.Ordinal))
        {
            await stream.EnsureGroupAsync(queue);
            return [];
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            LogLost(logger, queue, e.Message);
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _connection, null) is not { } connection) return;
        // A farewell would wait behind the blocked read, for up to two seconds of the grace in which a stopping worker hands its jobs back.
        await connection.CloseAsync(allowCommandsToComplete: false);
        await connection.DisposeAsync();
    }

    private async Task<ConnectionMultiplexer> ConnectAsync()
    {
        var own = redis.Clone();
        own.AsyncTimeout = own.SyncTimeout = 10_000;
        own.AbortOnConnectFail = true;
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
                var index = Array.IndexOf(fields, "job_id");
                var jobId = index >= 0 && Guid.TryParse(fields[index + 1], out var id) ? id : (Guid?)null;
                deliveries.Add(new JobDelivery(entry[0].ToString(), jobId));
            }
        }
        return deliveries;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Lost Redis while reading {Queue}: {Reason}")]
    private static partial void LogLost(ILogger logger, string queue, string reason);
}
