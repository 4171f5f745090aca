using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Ivg.Hosting.Publishing.Model;

/// <summary>What a deployment needs of a model beyond what a run does.</summary>
internal static class ModelChecks
{
    public static void Require(DistributedApplicationModel model)
    {
        foreach (var resource in model.Resources)
        {
            if (resource is ExecutableResource)
                throw new DistributedApplicationException($"'{resource.Name}' is a program of this machine and has no image. Add it only when builder.ExecutionContext.IsRunMode.");
            var needed = resource.Annotations.OfType<WaitAnnotation>().Select(w => (w.Resource, Word: "waits for"))
                .Concat(resource.Annotations.OfType<ResourceReferenceAnnotation>().Select(r => (r.Resource, Word: "refers to")));
            foreach (var (missing, word) in needed.Where(n => !model.Resources.Contains(n.Resource)))
                throw new DistributedApplicationException($"'{resource.Name}' {word} '{missing.Name}', which is not in the model. Add it to the builder, or remove the reference.");
        }

        // Names become objects, hosts and folders: a schedule's may not be a resource's, nor another schedule's.
        var names = model.Resources.Select(r => r.Name).Concat(model.Resources.SelectMany(r => DeploymentSettings.Of(r).Schedules).Select(s => s.Name));
        if (names.GroupBy(n => n, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new DistributedApplicationException($"The model has two resources named '{twice.Key}'. Rename one of them.");
    }
}
