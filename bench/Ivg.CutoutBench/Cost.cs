using System.Diagnostics;
using Ivg.Core.BackgroundRemoval;
using Ivg.Core.Images;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Ivg.CutoutBench;

/// <summary>What a removal costs, bytes to bytes, beside the network's run alone: each in turn, so that both see the same machine.</summary>
internal static class Cost
{
    public static async Task RunAsync(string path, int count, int callers)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.AddBackgroundRemoval();
        using var host = builder.Build();
        await host.StartAsync();
        var defaultModel = host.Services.GetRequiredService<DefaultModel>();
        await defaultModel.Ready;
        var (remover, segmenter, model) = (host.Services.GetRequiredService<BackgroundRemover>(), host.Services.GetRequiredService<Segmenter>(), defaultModel.Model);
        var source = await File.ReadAllBytesAsync(path);
        var input = Pictures.Resize(Compositing.Flatten(Pictures.Decode(source), 128, 128, 128), model.Input.Side, model.Input.Side);
        var (run, whole, done) = (new List<double>(), new List<double>(), 0);
        Console.WriteLine($"ready: {Peak()} MB");
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref done) is var turn && turn <= count)
            {
                // Beside another caller the bare run would wait in the same queue.
                if (callers == 1) run.Add(await TimeAsync(() => segmenter.SegmentAsync(model, input, CancellationToken.None)));
                var time = await TimeAsync(() => remover.RemoveAsync(source, model, new BackgroundRemovalRequest(), (_, _, _) => Task.CompletedTask, CancellationToken.None));
                lock (whole) whole.Add(time);
                if (turn is 5 or 10 || turn == count) Console.WriteLine($"after {turn}: {Peak()} MB");
            }
        })));
        whole.Sort();
        run.Sort();
        Console.WriteLine($"whole: median {whole[whole.Count / 2]:0} ms, least {whole[0]:0}");
        if (callers == 1) Console.WriteLine($"run alone: median {run[run.Count / 2]:0} ms, least {run[0]:0}; whole / run {whole[whole.Count / 2] / run[run.Count / 2]:0.00}, least / least {whole[0] / run[0]:0.00}");
        await host.StopAsync();
    }

    private static async Task<double> TimeAsync(Func<Task> what)
    {
        var began = Stopwatch.GetTimestamp();
        await what();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    // The most that was ever resident, as Linux counts it.
    private static long Peak() => long.Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], provider: null) / 1000;
}
