using Dapper;
using Ivg.Core.Data;
using Ivg.Core.Jobs;
using Ivg.Tests.Application;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Ivg.Tests.Jobs;

/// <summary>A database and a Redis of the test's own, and sweepers over them with no worker in sight.</summary>
internal sealed class SweepRig : IAsyncDisposable
{
    public const string Queue = "ivg_generate";

    private readonly IConnectionMultiplexer _redis;

    private SweepRig(OwnServers servers, IConnectionMultiplexer redis, JobOptions options)
    {
        (Servers, _redis, Options) = (servers, redis, Microsoft.Extensions.Options.Options.Create(options));
        Stream = new JobStream(redis);
        Dispatcher = new JobDispatcher(servers.Database, Stream, TimeProvider.System, NullLogger<JobDispatcher>.Instance);
        Leases = new JobLeases(servers.Database, Options, TimeProvider.System, NullLogger<JobLeases>.Instance);
        Finisher = new JobFinisher(servers.Database, Options, TimeProvider.System);
    }

    public OwnServers Servers { get; }

    public IOptions<JobOptions> Options { get; }

    public JobStream Stream { get; }

    public JobDispatcher Dispatcher { get; }

    /// <summary>Those of a worker.</summary>
    public JobLeases Leases { get; }

    public JobFinisher Finisher { get; }

    public IDatabase Redis => _redis.GetDatabase();

    public static async Task<SweepRig> StartAsync(double lease = 60)
    {
        DapperConventions.Apply();
        var servers = await OwnServers.CreateAsync();
        return new SweepRig(servers, await servers.ConnectRedisAsync(), new JobOptions { LeaseSeconds = lease });
    }

    /// <summary>One replica's.</summary>
    public JobSweeper NewSweeper(JobStream? stream = null, TimeSpan? silence = null) =>
        new(Servers.Database, stream ?? Stream, Dispatcher, new JobNotifier(), Options) { ConsumerSilence = silence ?? TimeSpan.FromHours(1) };

    /// <summary>Rows of one session, ready a minute ago or waiting for their turn.</summary>
    public async Task<Guid[]> InsertAsync(int count, bool ready = true, string status = "queued", string session = "default:anna")
    {
        var ids = Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7()).Order().ToArray();
        await ExecuteAsync("""
            insert into jobs (job_id, session_id, kind, status, max_attempts, request_id, payload, ready_at, run_after, lease_until, finished_at)
            select id, @session, 'variation', @status, 3, 'test', '{}', case when @ready then now() - interval '1 minute' end, now() - interval '1 minute',
              case when @status = 'running' then now() + interval '1 hour' end, case when @status in ('succeeded', 'failed', 'cancelled') then now() end
            from unnest(@ids) id
            """, new { ids, session, status, ready });
        return ids;
    }

    public async Task ExecuteAsync(string statement, object? parameters = null)
    {
        await using var connection = await Servers.Database.OpenConnectionAsync();
        await connection.ExecuteAsync(statement, parameters);
    }

    /// <summary>As if these rows had been told of their entries a minute ago.</summary>
    public Task AgeAsync() => ExecuteAsync("update jobs set enqueued_at = enqueued_at - interval '1 minute' where enqueued_at is not null");

    public async Task<string> AddAsync(Guid jobId) => (await Redis.StreamAddAsync(Queue, "job_id", jobId.ToString())).ToString();

    /// <summary>What a worker of that name is given.</summary>
    public async Task<IReadOnlyList<Guid>> ReadAsync(string consumer, int count = 100) =>
        [.. (await Redis.StreamReadGroupAsync(Queue, JobStream.Group, consumer, ">", count)).Select(entry => Guid.Parse(entry["job_id"].ToString()))];

    /// <summary>A consumer that holds nothing.</summary>
    public Task CreateConsumerAsync(string consumer) => Redis.ExecuteAsync("XGROUP", "CREATECONSUMER", Queue, JobStream.Group, consumer);

    /// <summary>The jobs of all entries, in the stream's order.</summary>
    public async Task<IReadOnlyList<Guid>> EntriesAsync() =>
        [.. (await Redis.StreamRangeAsync(Queue)).Select(entry => Guid.Parse(entry["job_id"].ToString()))];

    public async Task<IReadOnlyDictionary<string, int>> ConsumersAsync() =>
        (await Redis.StreamConsumerInfoAsync(Queue, JobStream.Group)).ToDictionary(consumer => consumer.Name, consumer => consumer.PendingMessageCount);

    public async ValueTask DisposeAsync()
    {
        await _redis.DisposeAsync();
        await Servers.DisposeAsync();
    }
}
