using Aspire.Hosting;
using Ivg.Hosting.Publishing.Model;
using Microsoft.Extensions.Configuration;

namespace Ivg.Hosting.Publishing;

/// <summary>Writes a deployment of the model. Whatever is wrong is found before anything is written.</summary>
internal sealed class Publisher(ModelReader reader, IEnumerable<IPublishTarget> targets, IConfiguration configuration, string application, string? version)
{
    /// <returns>What was written where, and what to do with it.</returns>
    /// <exception cref="DistributedApplicationException">It cannot be published; the message says what to do.</exception>
    public async Task<string> PublishAsync(CancellationToken cancellationToken)
    {
        var settings = PublishSettings.Read(configuration, version, targets.Select(t => t.Name));
        var target = targets.FirstOrDefault(t => t.Name == settings.Publisher)
            ?? throw new DistributedApplicationException($"There is no publisher '{settings.Publisher}': {string.Join(", ", targets.Select(t => t.Name))}.");
        var folder = new OutputFolder(settings.OutputPath, target.Name);
        folder.Check();
        var model = await reader.ReadAsync(application, settings, cancellationToken);
        var files = target.Create(model);
        folder.Write(files);
        return $"{files.Count} files for {target.Name} are in {settings.OutputPath}. {target.NextStep}";
    }
}
