using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Ivg.Hosting.Orchestration;
using Microsoft.Extensions.Configuration;

namespace Ivg.Hosting.Publishing.Model;

/// <summary>Reads the application model for a deployment, and refuses one that could not run.</summary>
internal sealed class ModelReader(DistributedApplicationModel model, DistributedApplicationExecutionContext context, IConfiguration configuration)
{
    /// <exception cref="DistributedApplicationException">The model cannot be deployed; the message says what to change.</exception>
    public async Task<DeploymentModel> ReadAsync(string application, PublishSettings settings, CancellationToken cancellationToken)
    {
        ModelChecks.Require(model);
        StartOrder.Levels(model.Resources);
        var secrets = new SecretList(model);
        var servers = new ServerReader(model, configuration, secrets);
        var values = new ValueReader(model, servers, secrets);
        var read = model.Resources.Where(r => r is PostgresServerResource or RedisResource).Select(servers.Read).ToList();
        var services = new List<DeployedService>();
        foreach (var project in model.Resources.OfType<ProjectResource>())
            services.Add(await ServiceAsync(project, values, cancellationToken));
        return new DeploymentModel(application, settings.Registry, settings.Tag, services, read, secrets.All);
    }

    private async Task<DeployedService> ServiceAsync(ProjectResource project, ValueReader values, CancellationToken cancellationToken)
    {
        var ports = ContainerPorts.Of(project);
        var waits = project.Annotations.OfType<WaitAnnotation>().ToArray();
        return new DeployedService
        {
            Name = project.Name,
            Repository = RepositoryOf(project),
            Ports = ports,
            Probes = [.. project.Annotations.OfType<HttpProbeAnnotation>().OrderBy(p => p.Type).Select(p => new DeployedProbe(p, ports.Single(port => port.Name == p.Endpoint().EndpointName).Port))],
            Variables = await VariablesAsync(project, values, cancellationToken),
            Arguments = await ArgumentsAsync(project, values, cancellationToken),
            Settings = DeploymentSettings.Of(project),
            After = [.. waits.Where(w => w.WaitType == WaitType.WaitForCompletion).Select(w => w.Resource.Name)],
            Beside = [.. waits.Where(w => w.WaitType != WaitType.WaitForCompletion).Select(w => w.Resource is IResourceWithParent child ? child.Parent.Name : w.Resource.Name).Distinct()],
            RunsOnce = model.Resources.SelectMany(r => r.Annotations.OfType<WaitAnnotation>()).Any(w => w.Resource == project && w.WaitType == WaitType.WaitForCompletion),
        };
    }

    private async Task<IReadOnlyList<DeployedVariable>> VariablesAsync(ProjectResource project, ValueReader values, CancellationToken cancellationToken)
    {
        var callbacks = new EnvironmentCallbackContext(context, project, cancellationToken: cancellationToken);
        foreach (var annotation in project.Annotations.OfType<EnvironmentCallbackAnnotation>().ToArray())
            await annotation.Callback(callbacks);
        // Connection strings first, as the model has them last; the rest by name, so that the output does not depend on who was asked first.
        return [.. callbacks.EnvironmentVariables.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => values.Variable(project, v.Key, v.Value))];
    }

    private static async Task<IReadOnlyList<string>> ArgumentsAsync(ProjectResource project, ValueReader values, CancellationToken cancellationToken)
    {
        var callbacks = new CommandLineArgsCallbackContext([], cancellationToken);
        foreach (var annotation in project.Annotations.OfType<CommandLineArgsCallbackAnnotation>().ToArray())
            await annotation.Callback(callbacks);
        return [.. callbacks.Args.Select(a => values.Argument(project, a))];
    }

    // The rule that Directory.Build.props sets ContainerRepository by.
    private static string RepositoryOf(ProjectResource project)
        => Path.GetFileNameWithoutExtension(project.Annotations.OfType<IProjectMetadata>().Last().ProjectPath).Replace('.', '-').ToLowerInvariant();
}
