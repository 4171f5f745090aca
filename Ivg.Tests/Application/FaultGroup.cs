namespace Ivg.Tests.Application;

[CollectionDefinition("faults")]
public sealed class FaultGroup : ICollectionFixture<FaultApplication>;
