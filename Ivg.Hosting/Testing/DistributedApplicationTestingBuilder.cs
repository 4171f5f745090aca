using Ivg.Hosting.Testing;

namespace Aspire.Hosting.Testing;

/// <summary>Runs an AppHost inside a test: on free ports, in a temporary data folder, without dashboard or terminal output.</summary>
public static class DistributedApplicationTestingBuilder
{
    /// <typeparam name="TEntryPoint">Any type of the AppHost's assembly, usually <c>Projects.Name_AppHost</c>.</typeparam>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(CancellationToken cancellationToken = default)
        where TEntryPoint : class
        => CreateAsync<TEntryPoint>([], cancellationToken);

    /// <param name="args">For the AppHost's configuration. <c>--Hosting:DataDirectory=…</c> keeps data there after the test.</param>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(string[] args, CancellationToken cancellationToken = default)
        where TEntryPoint : class
        => CreateAsync(typeof(TEntryPoint), args, cancellationToken);

    public static Task<IDistributedApplicationTestingBuilder> CreateAsync(Type entryPoint, CancellationToken cancellationToken = default)
        => CreateAsync(entryPoint, [], cancellationToken);

    public static async Task<IDistributedApplicationTestingBuilder> CreateAsync(Type entryPoint, string[] args, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entryPoint);
        ArgumentNullException.ThrowIfNull(args);
        var builder = await new TestSession(entryPoint.Assembly, args).RunEntryPointAsync(cancellationToken);
        return new TestingBuilder(builder);
    }

    /// <summary>A builder without an AppHost, for a model that the test itself puts together.</summary>
    public static IDistributedApplicationTestingBuilder Create(params string[] args)
        => new TestingBuilder(new Ivg.Hosting.Builder.DistributedApplicationBuilder(new DistributedApplicationOptions { Args = args }));
}
