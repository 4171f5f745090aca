using Ivg.AppHost;
using Microsoft.Extensions.Configuration;

var builder = DistributedApplication.CreateBuilder(args).UseEngine();
var port = builder.Configuration.GetValue("IVG_PORT", 5001);
var generateWorkers = builder.Configuration.GetValue("IVG_GENERATE_WORKERS", 1);

var postgres = builder.AddPostgres("postgres").WithDataVolume();
var database = postgres.AddDatabase("ivgdb");
var redis = builder.AddRedis("redis").WithDataVolume();
var geminiApiKey = builder.AddParameter("gemini-api-key", secret: true);

var migrator = builder.AddProject<Projects.Ivg_Migrator>("migrator")
    .WithReference(database)
    .WaitFor(database)
    .WithEngineEnvironment()
    .DeployedAsMigrator();

builder.AddProject<Projects.Ivg_Api>("api")
    .WithReference(database).WithReference(redis)
    .WithEnvironment("GEMINI_API_KEY", geminiApiKey)
    .WaitForCompletion(migrator).WaitFor(redis)
    .WithHttpEndpoint(port: port)
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health")
    .WithUrlForEndpoint("http", url => url.DisplayText = "Page")
    .WithUrlForEndpoint("http", _ => new ResourceUrlAnnotation { Url = "/docs", DisplayText = "API" })
    .WithEngineEnvironment()
    .DeployedAsApi();

builder.AddProject<Projects.Ivg_GenerateWorker>("generate-worker")
    .WithReference(database).WithReference(redis)
    .WithEnvironment("GEMINI_API_KEY", geminiApiKey)
    .WaitForCompletion(migrator).WaitFor(redis)
    .WithHttpEndpoint()
    .WithHttpHealthCheck("/health")
    .WithReplicas(generateWorkers)
    .WithEngineEnvironment()
    .DeployedAsGenerateWorker(redis);

builder.AddProject<Projects.Ivg_BgWorker>("bg-worker")
    .WithReference(database).WithReference(redis)
    .WaitForCompletion(migrator).WaitFor(redis)
    .WithHttpEndpoint()
    .WithHttpHealthCheck("/health")
    .WithEngineEnvironment()
    .DeployedAsBgWorker(redis);

builder.Build().Run();
