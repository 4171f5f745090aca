using Ivg.Api.Limits;
using Ivg.Core.Jobs;
using Microsoft.Extensions.Options;

namespace Ivg.Api.Jobs;

/// <summary>The synchronous mode runs as many jobs of a kind at once as a worker in this process's place would.</summary>
internal sealed class InlineSlots(IOptions<JobOptions> options, WorkerCeiling? removals = null) : IDisposable
{
    // Of a worker with eight slots in a container of 1 GiB, three quarters of which a process is told to use.
    private const long BytesOfVariation = 96L << 20;

    private readonly Slots _variations = New(
        new WorkerCeiling(int.MaxValue, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, BytesOfVariation).Of(options.Value.WorkerAutoscaleMax));
    private readonly Slots _removals = New(removals?.Of(options.Value.WorkerAutoscaleMax) ?? 1);

    /// <summary>Those of a kind of job.</summary>
    public Slots Of(string kind) => kind == JobKind.BackgroundRemoval.Word() ? _removals : _variations;

    public void Dispose()
    {
        _variations.Dispose();
        _removals.Dispose();
    }

    private static Slots New(int most) => new(most, TimeSpan.FromSeconds(10), "All places where pictures are made are taken just now. Nothing was begun; send it again in a moment.");
}
