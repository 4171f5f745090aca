using Ivg.Core.Images;
using Ivg.Core.Jobs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Ivg.Core.BackgroundRemoval;

/// <summary>Fetches the default model, loads it and tries it, while everything else starts; goes on trying until it succeeds, and begins again when its weights are lost.</summary>
internal sealed partial class ModelStartup(
    ModelStore store, DefaultModel defaultModel, Segmenter segmenter, TimeProvider time, ILogger<ModelStartup> logger) : BackgroundService
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await MakeReadyAsync(defaultModel.Model, stoppingToken))
        {
            defaultModel.Succeeded();
            await defaultModel.WhenLost.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> MakeReadyAsync(BackgroundModel model, CancellationToken stoppingToken)
    {
        for (var pause = TimeSpan.FromSeconds(2); !stoppingToken.IsCancellationRequested; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await store.EnsureAsync(model, stoppingToken);
                await WarmUpAsync(model, stoppingToken);
                return true;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            // Whatever it is, the service goes on without cutouts and the health check says so.
            catch (Exception e)
            {
                defaultModel.Failed(e is JobFailedException ? e.Message : $"The weights of '{model.Name}' could not be made ready; the log says why.");
                LogFailed(e, model.Name, pause.TotalSeconds);
            }
            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return false;
    }

    // The first run allocates everything that later ones use again. A lone dark disc on white is a subject to every model here.
    private async Task WarmUpAsync(BackgroundModel model, CancellationToken cancellationToken)
    {
        var (side, started) = (model.Input.Side, time.GetTimestamp());
        var pixels = new byte[side * side * 3];
        for (var i = 0; i < side * side; i++)
        {
            var (x, y) = (i % side - side / 2, i / side - side / 2);
            pixels.AsSpan(i * 3, 3).Fill(x * x + y * y < side * side / 9 ? (byte)40 : (byte)250);
        }
        var map = await segmenter.SegmentAsync(model, new Picture(side, side, 3, pixels), cancellationToken);
        var (centre, corner) = (map.Values[side * side / 2 + side / 2], map.Values[0]);
        if (centre < 0.5 || corner > 0.5)
            throw new InvalidDataException($"{model.Name} sees {centre:0.00} where the subject is and {corner:0.00} where it is not.");
        var seconds = time.GetElapsedTime(started).TotalSeconds;
        LogReady(model.Name, seconds);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Model {Model} is ready, loaded and tried in {Seconds:0.0} s")]
    private partial void LogReady(string model, double seconds);

    [LoggerMessage(Level = LogLevel.Error, Message = "Model {Model} is not ready; trying again in {Seconds:0} s")]
    private partial void LogFailed(Exception exception, string model, double seconds);
}
