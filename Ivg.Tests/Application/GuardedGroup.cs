namespace Ivg.Tests.Application;

[CollectionDefinition("guarded")]
public sealed class GuardedGroup : ICollectionFixture<GuardedApplication>;
