using Ivg.Core.BackgroundRemoval;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Ivg.Tests.BackgroundRemoval;

/// <summary>A folder of models for one test, in which every name leads to the fixture's weights.</summary>
internal sealed class LinkedModels : IDisposable
{
    public LinkedModels(ModelFixture fixture, params BackgroundModel[] models)
    {
        Store = new(Options.Create(new BackgroundRemovalOptions { ModelDirectory = Folder }), TimeProvider.System, NullLogger<ModelStore>.Instance);
        foreach (var model in models) File.CreateSymbolicLink(Store.PathOf(model), fixture.Get<ModelStore>().PathOf(fixture.Model));
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("ivg-linked-").FullName;

    public ModelStore Store { get; }

    public void Dispose()
    {
        Store.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
