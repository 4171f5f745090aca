using System.Text.Json.Nodes;
using Ivg.Core.Images;
using Ivg.Core.Jobs;

namespace Ivg.Core.BackgroundRemoval;

/// <summary>Does background removal jobs.</summary>
internal sealed class BackgroundRemovalHandler(AssetStore assets, DefaultModel defaultModel, ModelCatalogue catalogue, BackgroundRemover remover, TimeProvider time) : IJobHandler
{
    // Weights that are on their way are worth waiting for; the lease is kept meanwhile.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public JobKind Kind => JobKind.BackgroundRemoval;

    public async Task<JobOutput> HandleAsync(JobContext job, CancellationToken cancellationToken)
    {
        var request = job.Payload<BackgroundRemovalRequest>();
        var model = await ModelAsync(request.Model, cancellationToken);
        var source = await assets.ReadAsync(job.SessionId, request.ImageId, cancellationToken)
            ?? throw Failure(JobErrorCodes.SourceMissing, "The source image is gone. Upload it again.");
        try
        {
            var cutout = await remover.RemoveAsync(source, model, request, job.ReportAsync, cancellationToken);
            var image = new ProducedImage(cutout.Bytes, cutout.Format.MediaType(), cutout.Width, cutout.Height);
            return new JobOutput([image], "onnx", model.Name, Details(cutout));
        }
        catch (ImageRejectedException e)
        {
            throw new JobFailedException(new JobError(JobErrorCodes.ProviderRejected, e.Message, Retryable: false), inner: e);
        }
    }

    private async Task<BackgroundModel> ModelAsync(string? name, CancellationToken cancellationToken)
    {
        if (name is not null && name != defaultModel.Model.Name)
            return catalogue.Find(name)
                ?? throw Failure(JobErrorCodes.ProviderRejected, $"There is no model '{name}'. Known models: {catalogue.Names}.");
        try
        {
            await defaultModel.Ready.WaitAsync(Patience, time, cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw new JobFailedException(new JobError(JobErrorCodes.ModelUnavailable,
                $"The weights of '{defaultModel.Model.Name}' are still being fetched; the worker's log says how far they are. "
                + $"They can also be put into the folder that BG_MODEL_DIR names, as {defaultModel.Model.FileName}.", Retryable: true), inner: e);
        }
        return defaultModel.Model;
    }

    private static JsonObject Details(Cutout cutout) => new()
    {
        ["coverage"] = Math.Round(cutout.Figures.Coverage, 4),
        ["partial_alpha"] = Math.Round(cutout.Figures.PartialAlpha, 4),
        ["confidence"] = Math.Round(cutout.Figures.Confidence, 4),
        ["timings_ms"] = new JsonObject
        {
            ["prepared"] = (long)cutout.Prepared.TotalMilliseconds,
            ["segmented"] = (long)cutout.Segmented.TotalMilliseconds,
            ["composed"] = (long)cutout.Composed.TotalMilliseconds,
        },
    };

    private static JobFailedException Failure(string code, string message) => new(new JobError(code, message, Retryable: false));
}
