using Ivg.Core.BackgroundRemoval;
using Ivg.Migrator.Models;
using Ivg.Migrator.Schema;
using Ivg.Migrator.Styles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = Host.CreateApplicationBuilder(args);
builder.AddServiceDefaults();
// Weights need no database.
var models = args is ["models", ..];
if (models)
{
    builder.AddModels();
}
else
{
    builder.AddNpgsqlDataSource("ivgdb");
    builder.Services.AddSingleton<DatabaseCreator>();
    builder.Services.AddSingleton<SchemaUpgrader>();
    builder.Services.AddSingleton<StyleLoader>();
}

using var host = builder.Build();
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
await host.StartAsync(stop.Token);
var result = 0;
if (models)
{
    result = await ActivatorUtilities.CreateInstance<ModelVerbs>(host.Services, Console.Out).RunAsync(args[1..], stop.Token);
}
else
{
    await host.Services.GetRequiredService<DatabaseCreator>().EnsureAsync(stop.Token);
    await host.Services.GetRequiredService<SchemaUpgrader>().UpgradeAsync(stop.Token);
    await host.Services.GetRequiredService<StyleLoader>().LoadAsync(stop.Token);
}
await host.StopAsync(stop.Token);
return result;
