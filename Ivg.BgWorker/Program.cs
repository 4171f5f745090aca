using Ivg.BgWorker;
using Ivg.Core.BackgroundRemoval;
using Ivg.Core.Jobs;

if (args is [ModelFetch.Verb]) return await ModelFetch.RunAsync();

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddNpgsqlDataSource("ivgdb");
builder.AddRedisClient("redis");
builder.AddBackgroundRemoval();
builder.AddJobWorker(JobKind.BackgroundRemoval);

var app = builder.Build();
app.MapDefaultEndpoints();
app.Run();
return 0;
