
namespace Ivg.Tests.BackgroundRemoval;

/// <summary>Classes that share the loaded model.</summary>
[CollectionDefinition("background removal")]
public sealed class BackgroundRemovalGroup : ICollectionFixture<ModelFixture>;
