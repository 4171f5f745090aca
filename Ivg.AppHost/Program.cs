using Ivg.AppHost;
using Microsoft.Extensions.Configuration;

// A switch without a value would take the next argument for its own.
var builder = DistributedApplication.CreateBuilder([.. args.Where(arg => arg != GeminiEmulation.Switch)]).UseDotEnvFile().UseEngine();
var port = builder.Configuration.GetValue("IVG_PORT", 5001);
var generateWorkers = builder.Configuration.GetValue("IVG_GENERATE_WORKERS", 1);

var postgres = builder.AddPostgres("postgres").WithDataVolume();
var database = postgres.AddDatabase("ivgdb");
var redis = builder.AddRedis("redis").WithDataVolume();

var migrator = builder.AddProject<Projects.Ivg_Migrator>("migrator")
    .WithReference(database).WaitFor(database)
    .WithStylesCommand().WithEngineEnvironment()
    .DeployedAsMigrator();

var api = builder.AddProject<Projects.Ivg_Api>("api")
    .WithReference(database).WithReference(redis)
    .WaitForCompletion(migrator).WaitFor(redis)
    .WithHttpEndpoint(port: port).WithExternalHttpEndpoints().WithHttpHealthCheck("/health")
    .WithUrlForEndpoint("http", url => url.DisplayText = "Page")
    .WithUrlForEndpoint("http", _ => new ResourceUrlAnnotation { Url = "/docs", DisplayText = "API" })
    .WithQueueCommands().WithEngineEnvironment()
    .DeployedAsApi();

var generateWorker = builder.AddProject<Projects.Ivg_GenerateWorker>("generate-worker")
    .WithReference(database).WithReference(redis)
    .WaitForCompletion(migrator).WaitFor(redis)
    .WithHttpEndpoint().WithHttpHealthCheck("/health")
    .WithReplicas(generateWorkers)
    .WithEngineEnvironment()
    .DeployedAsGenerateWorker(redis);

builder.AddProject<Projects.Ivg_BgWorker>("bg-worker")
    .WithReference(database).WithReference(redis)
    .WaitForCompletion(migrator).WaitFor(redis)
    .WithHttpEndpoint().WithHttpHealthCheck("/health")
    // A heap a thread keeps what each once needed; libvips and the model's threads would let memory creep up.
    .WithEnvironment("MALLOC_ARENA_MAX", "1")
    .WithEngineEnvironment()
    .DeployedAsBgWorker(redis);

builder.AddTask<Projects.Ivg_Migrator>("cleanup", "cleanup", "Delete what is due", database, migrator);
builder.AddTask<Projects.Ivg_BgWorker>("fetch-model", "fetch-model", "Fetch the model", database, migrator);

if (args.Contains(GeminiEmulation.Switch)) builder.WithEmulator(api, generateWorker);
else builder.WithGoogle(api, generateWorker);

builder.Build().Run();
