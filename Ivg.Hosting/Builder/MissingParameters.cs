using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Ivg.Hosting.Publishing;
using Microsoft.Extensions.Hosting;

namespace Ivg.Hosting.Builder;

/// <summary>Before anything else: asks a person at the terminal for parameters that have no value, and without one refuses the start.</summary>
internal sealed class MissingParameters(DistributedApplicationModel model, Terminal terminal) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => FillAsync(model, terminal.Ask, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <param name="ask">Given a question, answers with what was typed; null where nobody can be asked.</param>
    /// <exception cref="DistributedApplicationException">One is still missing.</exception>
    public static async Task FillAsync(DistributedApplicationModel model, Func<string, string?> ask, CancellationToken cancellationToken)
    {
        foreach (var parameter in model.Resources.OfType<ParameterResource>().Where(p => !p.Annotations.OfType<OptionalParameterAnnotation>().Any()))
        {
            if (await parameter.GetValueAsync(cancellationToken) is not null)
                continue;
            if (ask($"Parameter '{parameter.Name}'{(parameter.Description is { } what ? $" ({what})" : "")}, not shown as you type: ") is not { Length: > 0 } typed)
                throw new DistributedApplicationException(
                    $"Parameter '{parameter.Name}' has no value. Set Parameters__{parameter.Name}, or type dotnet user-secrets set Parameters:{parameter.Name} VALUE in the AppHost's folder.");
            parameter.Generated = typed;
        }
    }
}
