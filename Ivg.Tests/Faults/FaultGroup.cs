namespace Ivg.Tests.Faults;

[CollectionDefinition("faults")]
public sealed class FaultGroup : ICollectionFixture<FaultApplication>;
