using System.Collections.Concurrent;
using System.Diagnostics;
using Ivg.Core.Jobs;
using Ivg.Tests.Application;
using StackExchange.Redis;

namespace Ivg.Tests.Jobs;

/// <summary>Hints, and a Redis that is not there when somebody begins to listen.</summary>
public sealed class NotifierTests
{
    [Fact]
    public async Task Listener_from_before_Redis_was_there_hears_each_hint_once()
    {
        var port = FreePort.Find();
        await using var redis = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{port},abortConnect=false,connectTimeout=500,asyncTimeout=500");
        var notifier = new JobNotifier(redis);
        var heard = new ConcurrentQueue<Guid>();
        await notifier.OnCancelRequestedAsync(heard.Enqueue);
        using var server = Process.Start(new ProcessStartInfo("redis-server", ["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--dir", Path.GetTempPath()])
        {
            RedirectStandardOutput = true,
        })!;
        try
        {
            var (probe, last) = (Guid.NewGuid(), Guid.NewGuid());
            await Until.TrueAsync(() =>
            {
                notifier.CancelRequested(probe);
                return Task.FromResult(heard.Contains(probe));
            }, IvgClient.Patience, "a hint to come through");
            notifier.CancelRequested(last);
            await Until.TrueAsync(() => Task.FromResult(heard.Contains(last)), IvgClient.Patience, "the last hint");
            var marker = Guid.NewGuid();
            notifier.CancelRequested(marker);
            await Until.TrueAsync(() => Task.FromResult(heard.Contains(marker)), IvgClient.Patience, "what was sent after it");
            Assert.Single(heard, last);
        }
        finally
        {
            server.Kill();
        }
    }
}
