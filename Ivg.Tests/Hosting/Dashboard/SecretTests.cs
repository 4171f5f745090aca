using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Ivg.Hosting.Dashboard.Resources;

namespace Ivg.Tests.Hosting.Dashboard;

/// <summary>What the model calls secret reaches no page.</summary>
public sealed class SecretTests
{
    private const string Planted = "planted-4711-secret";

    [Fact]
    public async Task Planted_secret_is_in_no_answer_of_the_dashboard()
    {
        await using var rig = await DashboardRig.StartAsync(
            builder =>
            {
                var secret = builder.AddParameter("door", secret: true);
                builder.AddShell("service", "exec sleep 1000")
                    .WithEnvironment("HARMLESS_NAME", secret)
                    .WithEnvironment("ADDRESS", ReferenceExpression.Create($"http://door/{secret.Resource}/open"))
                    .WithEnvironment("VISIBLE", "as plain as day");
            },
            $"--Parameters:door={Planted}");
        await rig.App.ResourceNotifications.WaitForResourceHealthyAsync("service", Shell.Timeout());

        var details = await rig.GetAsync("/api/resources/service");
        var variables = details["environment"]!.AsArray().ToDictionary(v => (string)v!["name"]!, v => (string?)v!["value"]);
        Assert.Equal(("as plain as day", null, null), (variables["VISIBLE"], variables["HARMLESS_NAME"], variables["ADDRESS"]));
        foreach (var path in new[] { "/api/resources", "/api/resources/service", "/api/resources/door", "/api/telemetry", "/api/telemetry/logs", "/api/telemetry/traces", "/api/console/download", "/" })
        {
            var answer = await rig.Http.GetStringAsync(new Uri(path, UriKind.Relative));
            Assert.DoesNotContain(Planted, answer, StringComparison.Ordinal);
            Assert.DoesNotContain(rig.Otlp.Key, answer, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("GEMINI_API_KEY", "anything", true)]
    [InlineData("ConnectionStrings__ivgdb", "Host=x", true)]
    [InlineData("DATABASE_URL", "postgresql://ivg:pw@db/ivg", true)]
    [InlineData("BG_MODEL_MIRROR", "https://token@mirror.example/models", true)]
    [InlineData("BG_MODEL_MIRROR", "https://mirror.example/models?sig=1", true)]
    [InlineData("BG_MODEL_MIRROR", "https://mirror.example/@ivg/models", false)]
    [InlineData("SETTINGS", "Host=x;Password=pw", true)]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "x-otlp-api-key=1", true)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:1", false)]
    [InlineData("ASPNETCORE_URLS", "http://localhost:5001;http://[::1]:5001", false)]
    public void Hides_NamesAndValuesThatSpeakOfSecrets(string name, string value, bool hidden)
        => Assert.Equal(hidden, SecretMask.Hides(name, value, []));
}
