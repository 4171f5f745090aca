using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ivg.Api;
using Ivg.Api.Pages;
using Ivg.Tests.Application;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Ivg.Tests.Contract;

/// <summary>The document says what the service does: a change to either without the other is no accident.</summary>
public sealed partial class ApiDocumentTests
{
    [Fact]
    public async Task Document_IsServedAsItIsCheckedIn()
    {
        var app = await SharedApplication.GetAsync();
        using var client = new IvgClient(app.Address, null);
        Assert.Equal(await File.ReadAllBytesAsync(ApiDocument.File), await client.Http.GetByteArrayAsync("/openapi/v1.json"));
        Assert.Contains("openapi/v1.json", await client.Http.GetStringAsync("/docs/"));
    }

    [Fact]
    public void Document_HasEveryEndpointAndNoOther()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection([
            new("ConnectionStrings:ivgdb", "Host=nowhere.invalid"), new("ConnectionStrings:redis", "nowhere.invalid:6379"), new("APP_SECRET_KEY", new string('s', 32))]);
        builder.AddServiceDefaults();
        builder.AddNpgsqlDataSource("ivgdb");
        builder.AddRedisClient("redis");
        builder.AddApi();
        var app = builder.Build();
        app.MapApi();
        var mapped = ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api", StringComparison.Ordinal))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} {Normal(endpoint.RoutePattern.RawText!)}"));

        Assert.Equal(mapped.Order(StringComparer.Ordinal), ApiDocument.Operations.Select(one => $"{one.Method} {Normal(one.Path)}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Document_IsComplete()
    {
        var ids = ApiDocument.Operations.Select(one => (string)one.Operation["operationId"]!).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        foreach (var (method, path, operation) in ApiDocument.Operations)
        {
            var parameters = operation["parameters"]!.AsArray().Select(one => ApiDocument.Resolve(one!)).ToList();
            Assert.Equal(Holes().Matches(path).Select(hole => hole.Groups[1].Value), parameters.Where(one => (string?)one["in"] == "path").Select(one => (string)one["name"]!));
            var statuses = operation["responses"]!.AsObject().Select(response => response.Key).ToHashSet();
            Assert.True(statuses.Contains("500") || ApiDocument.IsPublic(operation), $"{method} {path}");
            Assert.Equal(operation["requestBody"] is not null, statuses.Contains("408"));
            // Whoever may ask for a part may say of which picture.
            Assert.Equal(statuses.Contains("416"), statuses.Contains("412"));
            foreach (var (status, response) in operation["responses"]!.AsObject())
            {
                Assert.False(string.IsNullOrEmpty((string?)response!["description"]), $"{method} {path} {status}");
                Assert.NotNull(response["headers"]!["X-Request-Id"]);
                if (status is "429" or "503" && path != "/api/ready") Assert.NotNull(response["headers"]!["Retry-After"]);
                foreach (var example in response["content"]?["application/problem+json"]?["examples"]?.AsObject() ?? [])
                {
                    var value = ApiDocument.Resolve(example.Value!)["value"]!;
                    Assert.Equal((example.Key, int.Parse(status, provider: null)), ((string)value["code"]!, (int)value["status"]!));
                }
            }
        }
    }

    [Fact]
    public void Document_HasEveryCodeThatThePageExplains()
    {
        var codes = ApiDocument.Root["components"]!["examples"]!.AsObject().Select(one => (string?)one.Value!["value"]!["code"]).OfType<string>()
            .Concat(ApiDocument.Root["components"]!["schemas"]!["JobError"]!["properties"]!["code"]!["enum"]!.AsArray().Select(code => (string)code!));
        Assert.Equal(ErrorWords.ByCode.Keys.Except(ErrorWords.OfPage).Order(StringComparer.Ordinal), codes.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void References_LeadSomewhere()
    {
        foreach (var reference in References(ApiDocument.Root)) Assert.NotNull(ApiDocument.Resolve(reference));
    }

    private static IEnumerable<JsonNode> References(JsonNode node) => node switch
    {
        JsonObject one when one.ContainsKey("$ref") => [one],
        JsonObject many => many.Where(member => member.Value is not null).SelectMany(member => References(member.Value!)),
        JsonArray items => items.OfType<JsonNode>().SelectMany(References),
        _ => [],
    };

    // Names of holes are the code's own affair.
    private static string Normal(string path) => Holes().Replace(path, "{}").TrimEnd('/');

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Holes();
}
