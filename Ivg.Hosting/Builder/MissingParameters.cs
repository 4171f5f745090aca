using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Ivg.Hosting.Orchestration;
using Ivg.Hosting.Publishing;
using Ivg.Hosting.Publishing.Model;
using Microsoft.Extensions.Hosting;

namespace Ivg.Hosting.Builder;

/// <summary>Before anything else, and before anything is written: refuses a model that is wrong in itself, and asks a person at the terminal for parameters that have no value.</summary>
internal sealed class MissingParameters(DistributedApplicationModel model, Terminal terminal) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        ModelChecks.RequireReferences(model);
        StartOrder.Levels(model.Resources);
        return FillAsync(model, terminal.AskAsync, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <param name="ask">Given a question, answers with what was typed; null where nobody can be asked.</param>
    /// <exception cref="DistributedApplicationException">One is still missing.</exception>
    public static async Task FillAsync(DistributedApplicationModel model, Func<string, CancellationToken, Task<string?>> ask, CancellationToken cancellationToken)
    {
        foreach (var parameter in model.Resources.OfType<ParameterResource>().Where(p => !p.Annotations.OfType<OptionalParameterAnnotation>().Any()))
        {
            if (await parameter.GetValueAsync(cancellationToken) is not null)
                continue;
            if (await ask($"Parameter '{parameter.Name}'{(parameter.Description is { } what ? $" ({what})" : "")}, not shown as you type: ", cancellationToken) is not { Length: > 0 } typed)
                throw new DistributedApplicationException(
                    $"Parameter '{parameter.Name}' has no value. Set {parameter.Variable}, or type dotnet user-secrets set Parameters:{parameter.Name} VALUE in the AppHost's folder.");
            parameter.Generated = typed;
        }
    }
}
