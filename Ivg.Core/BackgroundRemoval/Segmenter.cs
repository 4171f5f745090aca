using Ivg.Core.Images;
using Ivg.Core.Jobs;
using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;

namespace Ivg.Core.BackgroundRemoval;

/// <summary>Runs models: loads each once, lets as many run at once as processor and memory carry, queues the rest, unloads what lies idle.</summary>
public sealed partial class Segmenter : IDisposable
{
    /// <summary>How long a loaded model may lie unused.</summary>
    internal static readonly TimeSpan IdleTime = TimeSpan.FromMinutes(15);

    private readonly Dictionary<string, LoadedModel> _sessions = [];
    private readonly SemaphoreSlim _turn = new(1);
    private readonly SemaphoreSlim _slots;
    private readonly int _threads;
    private readonly long _memory;
    private readonly ModelStore _store;
    private readonly DefaultModel _defaultModel;
    private readonly TimeProvider _time;
    private readonly ITimer _idle;
    private readonly ILogger<Segmenter> _logger;
    private TaskCompletionSource _freed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Sizes itself by what the process (or its container) may use.</summary>
    /// <param name="store">Where the weights are.</param>
    /// <param name="defaultModel">Its appetite decides how many run at once.</param>
    /// <param name="time">For the log, and for how long a model lies idle.</param>
    /// <param name="logger">Says what is loaded.</param>
    public Segmenter(ModelStore store, DefaultModel defaultModel, TimeProvider time, ILogger<Segmenter> logger)
        : this(store, defaultModel, time, logger, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, Environment.ProcessorCount)
    {
    }

    internal Segmenter(ModelStore store, DefaultModel defaultModel, TimeProvider time, ILogger<Segmenter> logger, long memory, int cores)
    {
        ArgumentNullException.ThrowIfNull(defaultModel);
        ArgumentNullException.ThrowIfNull(time);
        (_store, _defaultModel, _time, _logger, _memory) = (store, defaultModel, time, logger, memory);
        // One run uses several cores well, two at once on the same cores only double the memory.
        var slots = (int)Math.Clamp(Math.Min(cores / 4, memory / 10 * 8 / defaultModel.Model.PeakBytes), 1, 8);
        _slots = new SemaphoreSlim(slots);
        _threads = Math.Max(1, cores / slots);
        _idle = time.CreateTimer(_ => UnloadIdle(), null, IdleTime / 3, IdleTime / 3);
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
                Release(loaded);
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
        _idle.Dispose();
        foreach (var loaded in _sessions.Values) loaded.Session.Dispose();
        _turn.Dispose();
        _slots.Dispose();
    }

    /// <summary>The model's session, counted as used; loaded if need be, once those in use leave room for it and for one run more.</summary>
    internal async Task<LoadedModel> AcquireAsync(BackgroundModel model, CancellationToken cancellationToken)
    {
        // Whoever waits for room keeps the turn: those behind it would take what it waits for.
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var path = _sessions.ContainsKey(model.Name) ? null : await FindAsync(model, cancellationToken);
            while (true)
            {
                var freed = Volatile.Read(ref _freed).Task;
                if (MakeRoom(model)) break;
                await freed.WaitAsync(cancellationToken);
            }
            var loaded = path is null ? _sessions[model.Name] : await LoadAsync(model, path, cancellationToken);
            loaded.Take();
            return loaded;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Gives a session back.</summary>
    internal void Release(LoadedModel loaded)
    {
        loaded.LastUsed = _time.GetTimestamp();
        loaded.GiveBack();
        Interlocked.Exchange(ref _freed, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    private async Task<string> FindAsync(BackgroundModel model, CancellationToken cancellationToken)
    {
        if (model.PeakBytes > _memory)
            throw Unavailable($"'{model.Name}' needs {model.PeakBytes / 1e9:0.0} GB of memory and this worker may use {_memory / 1e9:0.0} GB. "
                + "Choose a smaller model or give the worker more.");
        try
        {
            return await _store.GetVerifiedPathAsync(model, cancellationToken);
        }
        catch (JobFailedException e) when (model == _defaultModel.Model)
        {
            _defaultModel.Lost();
            throw new JobFailedException(new JobError(JobErrorCodes.ModelUnavailable,
                $"The weights of '{model.Name}' are gone or damaged; they are being fetched again.", Retryable: true), inner: e);
        }
    }

    private async Task<LoadedModel> LoadAsync(BackgroundModel model, string path, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        var loaded = new LoadedModel(model, await Task.Run(() => Load(model, path), cancellationToken)) { LastUsed = started };
        _sessions[model.Name] = loaded;
        var seconds = _time.GetElapsedTime(started).TotalSeconds;
        LogLoaded(model.Name, seconds, _threads);
        return loaded;
    }

    private ModelSession Load(BackgroundModel model, string path)
    {
        try
        {
            return new ModelSession(model, path, _threads, _store.OptimisedFolder);
        }
        catch (OnnxRuntimeException e)
        {
            throw Unavailable($"ONNX Runtime cannot load '{model.Name}': {e.Message}", e);
        }
    }

    // A process that is killed for its memory loses every job it had, so idle models make way, and where those in use leave no room, one waits.
    private bool MakeRoom(BackgroundModel model)
    {
        foreach (var idle in Others().Where(other => other.Users == 0).OrderBy(other => other.LastUsed).ToArray())
        {
            if (Fits()) break;
            Unload(idle);
        }
        return Fits();

        IEnumerable<LoadedModel> Others() => _sessions.Values.Where(other => other.Model.Name != model.Name);
        bool Fits() => Others().Sum(other => other.HeldBytes(0))
            + (_sessions.TryGetValue(model.Name, out var loaded) ? loaded.HeldBytes(loaded.Users + 1) : model.Bytes + model.RunBytes) <= _memory;
    }

    private void UnloadIdle()
    {
        // Somebody is loading or waiting: then there is work, and the next tick is soon.
        if (!_turn.Wait(0)) return;
        try
        {
            foreach (var loaded in _sessions.Values.ToArray())
                if (loaded.Users == 0 && _time.GetElapsedTime(loaded.LastUsed) >= IdleTime) Unload(loaded);
        }
        finally
        {
            _turn.Release();
        }
    }

    private void Unload(LoadedModel loaded)
    {
        _sessions.Remove(loaded.Model.Name);
        loaded.Session.Dispose();
        LogUnloaded(loaded.Model.Name);
    }

    private static JobFailedException Unavailable(string message, Exception? inner = null) =>
        new(new JobError(JobErrorCodes.ModelUnavailable, message, Retryable: false), inner: inner);

    [LoggerMessage(Level = LogLevel.Information, Message = "Model {Model} loaded in {Seconds:0.0} s, {Threads} threads")]
    private partial void LogLoaded(string model, double seconds, int threads);

    [LoggerMessage(Level = LogLevel.Information, Message = "Model {Model} unloaded")]
    private partial void LogUnloaded(string model);
}
