using Ivg.Migrator.Schema;
using Ivg.Migrator.Styles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = Host.CreateApplicationBuilder(args);
builder.AddServiceDefaults();
builder.AddNpgsqlDataSource("ivgdb");
builder.Services.AddSingleton<DatabaseCreator>();
builder.Services.AddSingleton<SchemaUpgrader>();
builder.Services.AddSingleton<SchemaWaiter>();
builder.Services.AddSingleton<StyleLoader>();

using var host = builder.Build();
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
await host.StartAsync(stop.Token);
if (args is [SchemaWaiter.Verb])
{
    await host.Services.GetRequiredService<SchemaWaiter>().WaitAsync(stop.Token);
    await host.StopAsync(stop.Token);
    return;
}

await host.Services.GetRequiredService<DatabaseCreator>().EnsureAsync(stop.Token);
await host.Services.GetRequiredService<SchemaUpgrader>().UpgradeAsync(stop.Token);
await host.Services.GetRequiredService<StyleLoader>().LoadAsync(stop.Token);
await host.StopAsync(stop.Token);
