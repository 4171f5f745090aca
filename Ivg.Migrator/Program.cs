using Ivg.Core.BackgroundRemoval;
using Ivg.Core.Retention;
using Ivg.Migrator.Models;
using Ivg.Migrator.Schema;
using Ivg.Migrator.Styles;
using Ivg.Migrator.Verbs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// Verbs have arguments of their own, so settings come from the environment alone.
var builder = Host.CreateApplicationBuilder();
builder.AddServiceDefaults();
builder.AddModels();
builder.Services.AddSingleton<IVerb>(services => ActivatorUtilities.CreateInstance<ModelVerbs>(services, Console.Out));
// Weights need no database.
if (args is not [ModelVerbs.Word, ..])
{
    builder.AddNpgsqlDataSource("ivgdb");
    builder.AddRetention();
    builder.Services.AddSingleton<DatabaseCreator>();
    builder.Services.AddSingleton<SchemaUpgrader>();
    builder.Services.AddSingleton<SchemaWaiter>();
    builder.Services.AddSingleton<StyleLoader>();
    builder.Services.AddSingleton<IVerb, MigrateVerb>();
    builder.Services.AddSingleton<IVerb, WaitVerb>();
    builder.Services.AddSingleton<IVerb, CleanupVerb>();
    builder.Services.AddSingleton<IVerb, SettingsVerb>();
}
builder.Services.AddSingleton<VerbRunner>();

using var host = builder.Build();
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
await host.StartAsync(stop.Token);
var exitCode = await host.Services.GetRequiredService<VerbRunner>().RunAsync(args, stop.Token);
await host.StopAsync(stop.Token);
return exitCode;
