using System.Diagnostics;
using System.Net;
using Aspire.Hosting.Testing;
using Ivg.Hosting.Dashboard;
using Ivg.Hosting.Telemetry;
using Ivg.Hosting.Telemetry.Logs;
using Microsoft.Extensions.DependencyInjection;

namespace Ivg.Bench;

/// <summary>How long the dashboard takes to answer its page of logs, with so many lines in memory.</summary>
internal static class DashboardAnswers
{
    private const int Rounds = 30;
    private const int LinesAJob = 20;

    public static Task RunAsync(int lines) => WithDashboardAsync(lines, login => AskAsync(lines, login));

    /// <summary>Prints the dashboard's link and keeps it up until input ends, for bench/dashboard.mjs to look at.</summary>
    public static Task ShowAsync(int lines) => WithDashboardAsync(lines, async login =>
    {
        Console.WriteLine(login);
        await Console.In.ReadToEndAsync();
    });

    private static async Task WithDashboardAsync(int lines, Func<Uri, Task> use)
    {
        await using var builder = DistributedApplicationTestingBuilder.Create("--Hosting:DashboardEnabled=true");
        await using var app = await builder.BuildAsync();
        await app.StartAsync();
        var store = app.Services.GetRequiredService<TelemetryStore>();
        for (var i = 0; i < lines; i++) store.Logs.Add([Line(i)]);
        await use(new Uri(app.Services.GetRequiredService<DashboardAddress>().LoginUrl!));
    }

    private static async Task AskAsync(int lines, Uri login)
    {
        using var http = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() });
        http.BaseAddress = new Uri(login, "/");
        (await http.GetAsync(login)).EnsureSuccessStatusCode();

        await TimeAsync(http, "the newest", "logs?limit=200");
        await TimeAsync(http, "a text in ten", "logs?limit=200&text=finished%20job%20number%201234");
        await TimeAsync(http, "a text in none", "logs?limit=200&text=nowhere%20at%20all");
        await TimeAsync(http, "errors of a service", "logs?limit=200&level=error&resource=worker");
        await TimeAsync(http, "an attribute", "logs?limit=200&attribute=job_id:job-77");
        await TimeAsync(http, "the middle, scrolled to", $"logs?limit=200&before={lines / 2}");
        await TimeAsync(http, "what came since", $"logs?limit=1000&after={lines - 20}");
        await TimeAsync(http, "find an id", "find?id=job-77");
    }

    private static async Task TimeAsync(HttpClient http, string what, string query)
    {
        var times = new List<double>();
        var bytes = 0;
        var spent = Environment.CpuUsage.TotalTime;
        for (var round = 0; round < Rounds; round++)
        {
            var clock = Stopwatch.StartNew();
            bytes = (await http.GetByteArrayAsync(new Uri($"/api/telemetry/{query}", UriKind.Relative))).Length;
            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        spent = Environment.CpuUsage.TotalTime - spent;
        var first = times[0];
        times.Sort();
        Console.WriteLine($"{what,-24} first {first,6:0.0} ms, median {times[Rounds / 2],6:0.0} ms, most {times[^1],6:0.0} ms, processor {spent.TotalMilliseconds / Rounds,6:0.0} ms, {bytes} bytes");
    }

    private static LogEntry Line(int i)
    {
        var source = i % 2 == 0 ? Api : Worker;
        Tag[] tags = [new("request_id", $"request-{i / LinesAJob}"), new("job_id", $"job-{i / LinesAJob}"), new("user_id", $"default:user-{i % 100}"), new("queue", "ivg_generate"), new("attempt", "1")];
        return new(0, TimeProvider.System.GetUtcNow(), source, "Ivg.Core.Jobs.JobRunner", i % 50 == 0 ? 17 : 9, $"The worker finished job number {i} in {i % 1000} ms", tags, $"{i / LinesAJob:x32}", $"{i:x16}");
    }

    private static readonly TelemetrySource Api = new("api", "api-1", []);
    private static readonly TelemetrySource Worker = new("worker", "worker-1", []);
}
