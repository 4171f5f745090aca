using Ivg.Core.Images;
using Ivg.Core.Jobs;
using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;

namespace Ivg.Core.BackgroundRemoval;

/// <summary>Runs models: loads each once, lets as many run at once as processor and memory carry, queues the rest.</summary>
public sealed partial class Segmenter : IDisposable
{
    private readonly Dictionary<string, Loaded> _sessions = [];
    private readonly SemaphoreSlim _loading = new(1);
    private readonly SemaphoreSlim _slots;
    private readonly int _threads;
    private readonly long _memory;
    private readonly ModelStore _store;
    private readonly TimeProvider _time;
    private readonly ILogger<Segmenter> _logger;

    /// <summary>Sizes itself by what the process (or its container) may use.</summary>
    /// <param name="store">Where the weights are.</param>
    /// <param name="defaultModel">Its appetite decides how many run at once.</param>
    /// <param name="time">For the log.</param>
    /// <param name="logger">Says what is loaded.</param>
    public Segmenter(ModelStore store, DefaultModel defaultModel, TimeProvider time, ILogger<Segmenter> logger)
    {
        ArgumentNullException.ThrowIfNull(defaultModel);
        (_store, _time, _logger) = (store, time, logger);
        _memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        // One run uses several cores well, two at once on the same cores only double the memory.
        var slots = (int)Math.Clamp(Math.Min(Environment.ProcessorCount / 4, _memory * 8 / 10 / defaultModel.Model.PeakBytes), 1, 8);
        _slots = new SemaphoreSlim(slots);
        _threads = Math.Max(1, Environment.ProcessorCount / slots);
    }

    /// <summary>Segments a picture of the model's own size, waiting its turn.</summary>
    /// <param name="model">Loaded when this is its first picture.</param>
    /// <param name="picture">Opaque RGB, square, of the model's side.</param>
    /// <param name="cancellationToken">Ends the wait, or the run within a fraction of a second.</param>
    /// <returns>Probabilities of the same size, 0 to 1.</returns>
    /// <exception cref="JobFailedException"><c>model_unavailable</c>.</exception>
    public async Task<Plane> SegmentAsync(BackgroundModel model, Picture picture, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        await _slots.WaitAsync(cancellationToken);
        try
        {
            var loaded = await AcquireAsync(model, cancellationToken);
            try
            {
                return await Task.Run(() => loaded.Session.Run(picture, model.Input, cancellationToken), cancellationToken);
            }
            finally
            {
                Interlocked.Decrement(ref loaded.Users);
            }
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var loaded in _sessions.Values) loaded.Session.Dispose();
        _loading.Dispose();
        _slots.Dispose();
    }

    /// <summary>The model's session, counted as used; loaded if need be.</summary>
    internal async Task<Loaded> AcquireAsync(BackgroundModel model, CancellationToken cancellationToken)
    {
        await _loading.WaitAsync(cancellationToken);
        try
        {
            if (!_sessions.TryGetValue(model.Name, out var loaded))
            {
                var path = await _store.GetVerifiedPathAsync(model, cancellationToken);
                MakeRoom(model);
                var started = _time.GetTimestamp();
                loaded = new Loaded(model, await Task.Run(() => Load(model, path), cancellationToken));
                _sessions[model.Name] = loaded;
                var seconds = _time.GetElapsedTime(started).TotalSeconds;
                LogLoaded(model.Name, seconds, _threads);
            }
            Interlocked.Increment(ref loaded.Users);
            return loaded;
        }
        finally
        {
            _loading.Release();
        }
    }

    private ModelSession Load(BackgroundModel model, string path)
    {
        try
        {
            return new ModelSession(model, path, _threads);
        }
        catch (OnnxRuntimeException e)
        {
            throw Unavailable($"ONNX Runtime cannot load '{model.Name}': {e.Message}", e);
        }
    }

    // A process that is killed for its memory loses every job it had, so a model that cannot fit is refused and idle ones make way.
    private void MakeRoom(BackgroundModel model)
    {
        if (model.PeakBytes > _memory)
            throw Unavailable($"'{model.Name}' needs {model.PeakBytes / 1e9:0.0} GB of memory and this worker may use {_memory / 1e9:0.0} GB. "
                + "Choose a smaller model or give the worker more.");
        foreach (var idle in _sessions.Values.Where(other => Volatile.Read(ref other.Users) == 0).ToArray())
        {
            if (_sessions.Values.Sum(other => other.Model.PeakBytes) + model.PeakBytes <= _memory) break;
            _sessions.Remove(idle.Model.Name);
            idle.Session.Dispose();
            LogUnloaded(idle.Model.Name, model.Name);
        }
    }

    private static JobFailedException Unavailable(string message, Exception? inner = null) =>
        new(new JobError(JobErrorCodes.ModelUnavailable, message, Retryable: false), inner: inner);

    internal sealed class Loaded(BackgroundModel model, ModelSession session)
    {
        public int Users;

        public BackgroundModel Model { get; } = model;

        public ModelSession Session { get; } = session;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Model {Model} loaded in {Seconds:0.0} s, {Threads} threads")]
    private partial void LogLoaded(string model, double seconds, int threads);

    [LoggerMessage(Level = LogLevel.Information, Message = "Model {Model} unloaded to make room for {Next}")]
    private partial void LogUnloaded(string model, string next);
}
