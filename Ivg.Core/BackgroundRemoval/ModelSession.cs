using System.Buffers;
using System.Numerics.Tensors;
using Ivg.Core.Images;
using Microsoft.ML.OnnxRuntime;

namespace Ivg.Core.BackgroundRemoval;

/// <summary>A model loaded into ONNX Runtime. <see cref="Run"/> may be called from several threads at once.</summary>
internal sealed class ModelSession : IDisposable
{
    // It keeps two; the shared pool would keep one for each thread that ever gave one back.
    private static readonly ArrayPool<float> Inputs = ArrayPool<float>.Create(1 << 24, maxArraysPerBucket: 2);

    private readonly BackgroundModel _model;
    private readonly InferenceSession _session;

    /// <summary>Loads the file: seconds, and hundreds of megabytes.</summary>
    /// <param name="model">What it is.</param>
    /// <param name="path">The weights.</param>
    /// <param name="threads">How many cores a run may use.</param>
    /// <param name="optimised">The folder of <see cref="OptimisedModels"/>; null keeps none.</param>
    /// <exception cref="OnnxRuntimeException">The runtime cannot use the file.</exception>
    public ModelSession(BackgroundModel model, string path, int threads, string? optimised = null)
    {
        _model = model;
        _session = optimised is null ? Load(path, threads, null) : LoadOptimised(path, threads, optimised);
    }

    /// <summary>Segments a picture of the network's own size.</summary>
    /// <param name="picture">Opaque RGB, square.</param>
    /// <param name="recipe">How pixels become input: the model's own, or another of the same size to compare with.</param>
    /// <param name="cancellationToken">Ends the run between two nodes of the graph.</param>
    /// <returns>Probabilities, 0 to 1.</returns>
    public Plane Run(Picture picture, TensorRecipe recipe, CancellationToken cancellationToken)
    {
        var side = recipe.Side;
        var input = Inputs.Rent(3 * side * side);
        var map = new float[side * side];
        try
        {
            Fill(picture, recipe, input);
            var memory = OrtMemoryInfo.DefaultInstance;
            using var from = OrtValue.CreateTensorValueFromMemory(memory, input.AsMemory(0, 3 * side * side), [1, 3, side, side]);
            using var into = OrtValue.CreateTensorValueFromMemory(memory, map.AsMemory(), [1, 1, side, side]);
            using var run = new RunOptions();
            using (cancellationToken.Register(() => run.Terminate = true))
                // By index: every exporter names them as it likes. Maps after the first are intermediate ones.
                _session.Run(run, [_session.InputNames[0]], [from], [_session.OutputNames[0]], [into]);
        }
        catch (OnnxRuntimeException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        finally
        {
            Inputs.Return(input);
        }
        if (_model.Logits) TensorPrimitives.Sigmoid(map, map);
        // Not a number is not a subject.
        foreach (ref var p in map.AsSpan()) p = p >= 0 ? Math.Min(p, 1) : 0;
        return new Plane(side, side, map);
    }

    public void Dispose() => _session.Dispose();

    private InferenceSession LoadOptimised(string path, int threads, string folder)
    {
        if (OptimisedModels.Find(folder, _model) is { } found) return Load(found, threads, null, GraphOptimizationLevel.ORT_DISABLE_ALL);
        if (OptimisedModels.Begin(folder, _model) is not { } part) return Load(path, threads, null);
        try
        {
            using (Load(path, threads, part)) OptimisedModels.Keep(folder, _model, part);
        }
        // A full disk, most likely. What cannot be kept is made again next time.
        catch (Exception e) when (e is OnnxRuntimeException or IOException)
        {
            File.Delete(part);
            return Load(path, threads, null);
        }
        // Once more from the kept file: the optimising itself leaves a quarter of a gigabyte behind.
        return LoadOptimised(path, threads, folder);
    }

    private static InferenceSession Load(string path, int threads, string? save, GraphOptimizationLevel level = GraphOptimizationLevel.ORT_ENABLE_EXTENDED)
    {
        using var options = new SessionOptions
        {
            // Without the processor's own layout of the weights (ORT_ENABLE_ALL): a third slower, half a gigabyte less.
            GraphOptimizationLevel = level,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            InterOpNumThreads = 1,
            IntraOpNumThreads = threads,
            // Without the arena each run maps and unmaps its gigabyte anew, which takes three times as long; the pattern planner on top of
            // it holds half as much memory again and gains nothing (docs/background-removal.md has the figures).
            EnableCpuMemArena = true,
            EnableMemoryPattern = false,
        };
        if (save is not null) options.OptimizedModelFilePath = save;
        // Idle threads sleep: a spinning pool takes the processor from the rest of the machine after every run.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        return new InferenceSession(path, options);
    }

    private static void Fill(Picture picture, TensorRecipe recipe, float[] input)
    {
        var (_, mean, std, divide) = recipe;
        var size = picture.Width * picture.Height;
        Parallel.For(0, 3, band =>
        {
            var (scale, shift) = (1 / (divide * std[band]), -mean[band] / std[band]);
            var plane = input.AsSpan(band * size, size);
            for (var i = 0; i < plane.Length; i++) plane[i] = picture.Pixels[i * picture.Bands + band] * scale + shift;
        });
    }
}
