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
        var input = Pictures.ToSquare(Pictures.Decode(source), model.Input.Side, grey: 128);
        var stages = new List<(double Prepared, double Composed, double Saved)>();
        var (run, whole, done) = (new List<(double Time, double Work)>(), new List<(double Time, double Work)>(), 0);
        Console.WriteLine($"ready: {Peak()} MB");
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref done) is var turn && turn <= count)
            {
                // Beside another caller the bare run would wait in the same queue.
                if (callers == 1) run.Add(await TimeAsync(() => segmenter.SegmentAsync(model, input, CancellationToken.None)));
                Cutout? cutout = null;
                var time = await TimeAsync(async () => cutout = await remover.RemoveAsync(source, model, new BackgroundRemovalRequest(), (_, _, _) => Task.CompletedTask, CancellationToken.None));
                lock (whole)
                {
                    whole.Add(time);
                    stages.Add(Stages(cutout!, time.Time));
                }
                if (turn is 5 or 10 || turn % 20 == 0 || turn == count) Console.WriteLine($"after {turn}: {Peak()} MB, now {Resident("VmRSS:")}, of which managed {GC.GetGCMemoryInfo().TotalCommittedBytes / 1_000_000}");
            }
        })));
        var (time, work) = (Median(whole, of => of.Time), Median(whole, of => of.Work));
        Console.WriteLine($"whole: median {time:0} ms, least {whole.Min(of => of.Time):0}" + (callers == 1 ? $", processor {work:0}" : ""));
        Console.WriteLine($"prepared in {Median(stages, of => of.Prepared):0} ms, composed in {Median(stages, of => of.Composed):0}, saved in {Median(stages, of => of.Saved):0}");
        if (callers == 1)
        {
            var (runTime, runWork) = (Median(run, of => of.Time), Median(run, of => of.Work));
            Console.WriteLine($"run alone: median {runTime:0} ms, least {run.Min(of => of.Time):0}, processor {runWork:0}");
            Console.WriteLine($"whole / run: {time / runTime:0.00}, processor {work / runWork:0.00}; beyond the run: {time - runTime:0} ms, processor {work - runWork:0}");
        }
        await host.StopAsync();
    }

    private static (double Prepared, double Composed, double Saved) Stages(Cutout cutout, double whole)
    {
        var (prepared, composed) = (cutout.Prepared.TotalMilliseconds, cutout.Composed.TotalMilliseconds);
        return (prepared, composed, whole - prepared - composed - cutout.Segmented.TotalMilliseconds);
    }

    private static double Median<T>(List<T> of, Func<T, double> what) => of.Select(what).Order().ElementAt(of.Count / 2);

    // How long it took, and for how long processors worked on it: the second is nearly the same on a busy machine.
    private static async Task<(double Time, double Work)> TimeAsync(Func<Task> what)
    {
        var (began, worked) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        await what();
        return (Stopwatch.GetElapsedTime(began).TotalMilliseconds, (Environment.CpuUsage.TotalTime - worked).TotalMilliseconds);
    }

    // The most that was ever resident, as Linux counts it.
    private static long Peak() => Resident("VmHWM:");

    private static long Resident(string what) => long.Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith(what, StringComparison.Ordinal))
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], provider: null) / 1000;
}
