using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Ivg.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Ivg.AppHost;

/// <summary>The dashboard's page of the queues: what <c>GET /api/queues</c> of the API tells its operator, with pause and resume.</summary>
internal sealed class QueuesPage(EndpointReference api, HttpClient http, string? platformKey)
{
    public static DashboardPage Create(IServiceProvider services)
    {
        var model = services.GetRequiredService<DistributedApplicationModel>();
        var key = Commands.FirstPlatformKey(services.GetRequiredService<IConfiguration>());
        var api = model.Resources.OfType<ProjectResource>().Single(resource => resource.Name == "api").GetEndpoint("http");
        var page = new QueuesPage(api, services.GetRequiredService<IHttpClientFactory>().CreateClient(), key);
        return new DashboardPage("queues", "Queues", page.LoadAsync, page.ExecuteAsync);
    }

    private async Task<DashboardPageContent> LoadAsync(CancellationToken cancellationToken)
    {
        using var answer = await AskAsync(HttpMethod.Get, "/api/queues", cancellationToken);
        var body = await answer.Content.ReadFromJsonAsync<JsonObject>(cancellationToken);
        return new DashboardPageContent([.. body!["items"]!.AsArray().Select(queue => Describe(queue!))]);
    }

    private async Task<string> ExecuteAsync(string action, CancellationToken cancellationToken)
    {
        var (verb, queue) = action.Split(' ') is ["pause" or "resume", var name] parts ? (parts[0], name) : throw new ArgumentException($"There is no action '{action}'.");
        using var answer = await AskAsync(HttpMethod.Post, $"/api/queues/{Uri.EscapeDataString(queue)}/{verb}", cancellationToken);
        return verb == "pause" ? $"{queue} is paused: what runs, finishes; nothing new starts." : $"{queue} goes on.";
    }

    private static DashboardSection Describe(JsonNode queue)
    {
        var name = (string)queue["queue"]!;
        var paused = (bool)queue["paused"]!;
        var failures = queue["failed_by_code"]!.AsObject();
        return new DashboardSection(name, paused ? "Paused" : "Running", Warns: paused)
        {
            Facts =
            [
                new("Queued", Text(queue["depth"])), new("Running", Text(queue["running"])), new("Oldest, s", Text(queue["oldest_age_s"])),
                new("A minute", Text(queue["per_minute"])), new("Failed, last hour", Text(failures.Sum(failure => (long)failure.Value!))),
            ],
            Tables =
            [
                new("Failures by code", ["Code", "Jobs"], [.. failures.Select(failure => (IReadOnlyList<string>)[failure.Key, Text(failure.Value)])], "None in the last hour."),
                new("Workers", ["Worker", "Runs", "Last read, s ago"],
                    [.. queue["workers"]!.AsArray().Select(worker => (IReadOnlyList<string>)[Text(worker!["name"]), Text(worker["running"]), Text(worker["last_read_age_s"])])],
                    "No worker has reported in the last ten seconds."),
            ],
            Actions = [paused ? new DashboardAction($"resume {name}", "Resume") : new DashboardAction($"pause {name}", "Pause")],
        };
    }

    private static string Text(JsonNode? value) => value switch
    {
        null => "–",
        JsonValue number when number.TryGetValue<double>(out var amount) => amount.ToString("0.#", CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    private async Task<HttpResponseMessage> AskAsync(HttpMethod method, string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(new Uri(api.Url), path));
        if (platformKey is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", platformKey);
        var answer = await http.SendAsync(request, cancellationToken);
        if (answer.IsSuccessStatusCode)
            return answer;

        answer.Dispose();
        throw new InvalidOperationException($"The API answered {(int)answer.StatusCode}; it needs to be up, and outside Development a key in PLATFORM_API_KEYS.");
    }
}
