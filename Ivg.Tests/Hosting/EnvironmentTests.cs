using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Ivg.Hosting.Publishing;

namespace Ivg.Tests.Hosting;

public sealed class EnvironmentTests
{
    [Fact]
    public async Task Service_gets_its_address_its_name_and_what_it_refers_to()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var database = builder.AddConnectionString("store", ReferenceExpression.Create($"Host=elsewhere;Database=x"));
        var missing = builder.AddParameter("no-such-key", secret: true).WithOptionalValue();
        var given = builder.AddParameter("given-key", "abc", secret: true);
        var backend = builder.AddShell("backend", "exec sleep 1000").WithHttpEndpoint();
        builder.AddShell("front-end", "env; exec sleep 1000")
            .WithHttpEndpoint(env: "PORT")
            .WithReference(backend)
            .WithReference(database)
            .WithEnvironment("GIVEN", given)
            .WithEnvironment("MISSING", missing)
            .WithEnvironment("BACKEND", backend.GetEndpoint("http"))
            .WithEnvironment("MIXED", $"at {backend.GetEndpoint("http").Property(EndpointProperty.Port)} {{braces}}");
        await using var app = await builder.BuildAsync();
        await app.StartAsync(Shell.Timeout());

        var url = app.GetEndpoint("front-end").ToString().TrimEnd('/');
        var backendUrl = app.GetEndpoint("backend").ToString().TrimEnd('/');
        await Shell.UntilAsync(() => app.GetConsoleTail("front-end", 500).Any(l => l == $"ASPNETCORE_URLS={url}"), Shell.Timeout());
        await Shell.UntilAsync(() => app.GetConsoleTail("front-end", 500).Any(l => l.StartsWith("MIXED=", StringComparison.Ordinal)), Shell.Timeout());
        var lines = app.GetConsoleTail("front-end", 500);
        Assert.Contains($"PORT={app.GetEndpoint("front-end").Port}", lines);
        Assert.Contains($"services__backend__http__0={backendUrl}", lines);
        Assert.Contains($"BACKEND_HTTP={backendUrl}", lines);
        Assert.Contains($"BACKEND={backendUrl}", lines);
        Assert.Contains($"MIXED=at {app.GetEndpoint("backend").Port} {{braces}}", lines);
        Assert.Contains("ConnectionStrings__store=Host=elsewhere;Database=x", lines);
        Assert.Contains("GIVEN=abc", lines);
        Assert.DoesNotContain(lines, l => l.StartsWith("MISSING=", StringComparison.Ordinal));
        Assert.Contains("OTEL_SERVICE_NAME=front-end", lines);
        Assert.Contains(lines, l => l.StartsWith("OTEL_RESOURCE_ATTRIBUTES=service.instance.id=front-end-", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("ASPNETCORE_ENVIRONMENT=", StringComparison.Ordinal));
    }

    [Fact]
    public void Second_resource_of_a_name_is_refused()
    {
        using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddShell("twin", "true");

        var error = Assert.Throws<DistributedApplicationException>(() => builder.AddShell("Twin", "true"));

        Assert.Contains("'Twin'", error.Message, StringComparison.Ordinal);
    }
}
