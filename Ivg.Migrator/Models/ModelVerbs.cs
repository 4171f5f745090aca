using Ivg.Core.BackgroundRemoval;
using Ivg.Core.Jobs;
using Ivg.Migrator.Verbs;

namespace Ivg.Migrator.Models;

/// <summary><c>models list</c>, <c>models fetch</c> and <c>models verify</c>: weights without a worker, for images and machines without a network.</summary>
internal sealed class ModelVerbs(ModelCatalogue catalogue, ModelStore store, TextWriter output) : IVerb
{
    public const string Word = "models";

    public const string Usage = "usage: models list | models fetch NAME... | models verify [NAME...]";

    public string Name => Word;

    public string Help => "models ...             list, fetch NAME..., verify [NAME...]: weights without a worker";

    /// <returns>0 when all went well, 1 when a model could not be fetched or is damaged, 2 when it was asked the wrong way.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var names = arguments.Skip(1).ToArray();
        if (Array.Find(names, name => catalogue.Find(name) is null) is { } unknown)
            return Wrong($"There is no model '{unknown}'. Known models: {catalogue.Names}.");
        var models = names.Select(name => catalogue.Find(name)!).ToArray();
        return arguments switch
        {
            ["list"] => List(),
            ["fetch", _, ..] => await EachAsync(models, FetchAsync, cancellationToken),
            ["verify", ..] => await EachAsync(names.Length > 0 ? models : catalogue.All.Where(IsHere), VerifyAsync, cancellationToken),
            _ => Wrong(Usage),
        };
    }

    private bool IsHere(BackgroundModel model) => File.Exists(store.PathOf(model));

    private int List()
    {
        foreach (var model in catalogue.All)
        {
            var state = store.TryGetPath(model) is not null ? "here" : IsHere(model) ? "damaged" : "-";
            output.WriteLine(FormattableString.Invariant(
                $"{model.Name,-24} {state,-8} {model.Bytes / 1e6,7:0.0} MB, {model.PeakBytes / 1e9:0.0} GB to run{(model.Restricted ? ", restricted" : "")}: {model.Licence}"));
        }
        return 0;
    }

    private async Task<int> EachAsync(IEnumerable<BackgroundModel> models, Func<BackgroundModel, CancellationToken, Task<string>> step, CancellationToken cancellationToken)
    {
        var result = 0;
        foreach (var model in models)
        {
            try
            {
                await output.WriteLineAsync($"{model.Name}: {await step(model, cancellationToken)}");
            }
            catch (Exception e) when (e is IOException or JobFailedException)
            {
                await output.WriteLineAsync($"{model.Name}: {e.Message}");
                result = 1;
            }
        }
        return result;
    }

    private async Task<string> FetchAsync(BackgroundModel model, CancellationToken cancellationToken) =>
        await store.EnsureAsync(model, cancellationToken);

    private async Task<string> VerifyAsync(BackgroundModel model, CancellationToken cancellationToken)
    {
        await store.GetVerifiedPathAsync(model, cancellationToken);
        return "intact";
    }

    private int Wrong(string message)
    {
        output.WriteLine(message);
        return 2;
    }
}
