using Ivg.Api;
using Ivg.Api.Contract;
using Ivg.Api.Errors;
using Ivg.Api.Limits;
using Ivg.Api.Pages;
using Ivg.Api.Sessions;
using Ivg.Api.Slow;
using Ivg.Core.BackgroundRemoval;
using Ivg.Core.Generation;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddNpgsqlDataSource("ivgdb");
// The synchronous mode does its work here and needs no Redis.
var asynchronous = builder.Configuration.GetValue("ASYNC_TASKS_ENABLED", true);
if (asynchronous) builder.AddRedisClient("redis");
else builder.AddGeneration().AddBackgroundRemoval();
builder.AddApi();
builder.AddCompression();
builder.AddWebPage();

var app = builder.Build();
app.MapDefaultEndpoints();
app.UseSlowRequests();
app.UseSecurityHeaders();
app.UseCompression();
app.UseProblems();
app.UseWebPage();
app.UseRouting();
app.UseProxies();
app.UseCallers();
app.UseLimits();
app.MapApi();
app.MapWebPage();
app.Run();
