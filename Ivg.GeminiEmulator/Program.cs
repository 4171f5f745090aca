using Ivg.GeminiEmulator;

var builder = WebApplication.CreateBuilder(args);
builder.Services.Configure<EmulatorOptions>(builder.Configuration);
await GeminiEmulatorHost.Build(builder).RunAsync();
