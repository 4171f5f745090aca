using Ivg.Core.Jobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Ivg.Bench;

/// <summary>The job engine, with or without a worker in this process, on the servers of the connection strings.</summary>
internal sealed class BenchEngine : IAsyncDisposable
{
    private readonly IHost _host;

    private BenchEngine(IHost host) => _host = host;

    public T Get<T>() where T : notnull => _host.Services.GetRequiredService<T>();

    public static async Task<BenchEngine> StartAsync(bool worker)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(
            [new("MAX_QUEUED_PER_USER", "1000000"), new("WORKER_AUTOSCALE_MIN", "64"), new("WORKER_AUTOSCALE_MAX", "64")]);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.AddServiceDefaults();
        builder.AddNpgsqlDataSource("ivgdb");
        builder.AddRedisClient("redis");
        builder.Services.AddSingleton<IJobHandler, NoOpHandler>();
        if (worker) builder.AddJobWorker(JobKind.Variation);
        else builder.AddJobs();
        var host = builder.Build();
        await host.StartAsync();
        return new BenchEngine(host);
    }

    public Task<SubmitResult> SubmitAsync(string session) => Get<JobSubmitter>().SubmitAsync(new JobSubmission
    {
        SessionId = session,
        Kind = JobKind.Variation,
        RequestId = "bench",
        Payload = new { },
    }, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
