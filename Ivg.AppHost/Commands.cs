using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Ivg.AppHost;

/// <summary>What an operator may want done, as commands on the dashboard.</summary>
internal static class Commands
{
    private static readonly (string Queue, string Work)[] Queues = [("ivg_generate", "variations"), ("ivg_bg", "cutouts")];

    /// <summary>Pause and resume of each queue, and a sweep of both, by the API's operator view; outside Development with the first of <c>PLATFORM_API_KEYS</c>.</summary>
    public static IResourceBuilder<ProjectResource> WithQueueCommands(this IResourceBuilder<ProjectResource> api)
    {
        foreach (var (queue, work) in Queues)
        {
            api.WithHttpCommand($"/api/queues/{queue}/pause", $"Pause {work}", commandName: $"pause-{work}", commandOptions: Ask($"What runs, finishes; nothing new of {queue} starts."))
                .WithHttpCommand($"/api/queues/{queue}/resume", $"Resume {work}", commandName: $"resume-{work}", commandOptions: Ask($"Ends a pause of {queue}."));
        }

        return api.WithHttpCommand("/api/queues/sweep", "Requeue stuck jobs", commandName: "requeue-stuck", commandOptions: Ask("A round of the sweeper, which comes by itself within seconds.", TellSweepAsync));

        HttpCommandOptions Ask(string description, Func<HttpCommandResultContext, Task<ExecuteCommandResult>>? tell = null) => new()
        {
            Description = description,
            GetCommandResult = tell,
            PrepareRequest = context =>
            {
                if (FirstPlatformKey(api.ApplicationBuilder.Configuration) is { } key)
                    context.Request.Headers.Authorization = new("Bearer", key);
                return Task.CompletedTask;
            },
        };
    }

    /// <summary>The key that the AppHost itself calls the API with; null where there is none, as in Development.</summary>
    public static string? FirstPlatformKey(IConfiguration configuration)
        => configuration["PLATFORM_API_KEYS"]?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();

    /// <summary>The migrator again: it loads the styles as they are in their folders now.</summary>
    public static IResourceBuilder<ProjectResource> WithStylesCommand(this IResourceBuilder<ProjectResource> migrator) => migrator.WithCommand(
        "load-styles", "Load styles",
        context => Commander(context).ExecuteCommandAsync(context.ResourceName, KnownResourceCommands.StartCommand, context.CancellationToken),
        new CommandOptions { Description = "Runs the migrator once more.", UpdateState = WhenIdle });

    /// <summary>A verb of a project, run once whenever somebody asks for it; deployments have their own place for it.</summary>
    public static void AddTask<TProject>(
        this IDistributedApplicationBuilder builder, string name, string verb, string displayName, IResourceBuilder<PostgresDatabaseResource> database, IResourceBuilder<ProjectResource> after)
        where TProject : IProjectMetadata, new()
    {
        if (builder.ExecutionContext.IsPublishMode)
            return;

        var task = builder.AddProject<TProject>(name).WithArgs(verb).WithReference(database).WaitForCompletion(after).WithExplicitStart().WithEngineEnvironment();
        task.WithCommand(
            $"run-{name}", displayName,
            context => Commander(context).ExecuteCommandAsync(context.ResourceName, KnownResourceCommands.StartCommand, context.CancellationToken),
            new CommandOptions { UpdateState = WhenIdle });
    }

    private static async Task<ExecuteCommandResult> TellSweepAsync(HttpCommandResultContext context)
    {
        if (!context.Response.IsSuccessStatusCode)
            return CommandResults.Failure($"The API answered {(int)context.Response.StatusCode}: {await context.Response.Content.ReadAsStringAsync(context.CancellationToken)}");

        var sweep = (await context.Response.Content.ReadFromJsonAsync<JsonObject>(context.CancellationToken))!;
        var (requeued, ended) = ((int)sweep["requeued"]!, (int)sweep["ended"]!);
        return new ExecuteCommandResult
        {
            Success = true,
            Message = (requeued, ended) is (0, 0) ? "no job was stuck." : $"{requeued} requeued{(ended == 0 ? "." : $", {ended} ended: lost with a second worker, or cancelled.")}",
        };
    }

    private static ResourceCommandService Commander(ExecuteCommandContext context) => context.ServicesOf().GetRequiredService<ResourceCommandService>();

    private static ResourceCommandState WhenIdle(UpdateCommandStateContext context)
        => context.ResourceSnapshot.State?.Text is "Running" or "Starting" or "Waiting" ? ResourceCommandState.Disabled : ResourceCommandState.Enabled;
}
