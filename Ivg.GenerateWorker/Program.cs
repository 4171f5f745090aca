using Ivg.Core.Generation;
using Ivg.Core.Jobs;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddNpgsqlDataSource("ivgdb");
builder.AddRedisClient("redis");
builder.AddGeneration();
builder.AddJobWorker(JobKind.Variation);

var app = builder.Build();
app.MapDefaultEndpoints();
app.Run();
