using Ivg.Api.BackgroundRemoval;
using Ivg.Api.Contract;
using Ivg.Api.Errors;
using Ivg.Api.Health;
using Ivg.Api.History;
using Ivg.Api.Images;
using Ivg.Api.Jobs;
using Ivg.Api.Limits;
using Ivg.Api.Queues;
using Ivg.Api.Sessions;
using Ivg.Api.Slow;
using Ivg.Api.Styles;
using Ivg.Api.Uploads;
using Ivg.Api.Variations;
using Ivg.Core;
using Ivg.Core.BackgroundRemoval;
using Ivg.Core.Images;
using Ivg.Core.Jobs;
using Ivg.Core.Queues;
using Ivg.Core.Retention;
using Ivg.Core.Webhooks;
using Microsoft.Extensions.Options;

namespace Ivg.Api;

/// <summary>The HTTP edge.</summary>
internal static class ApiExtensions
{
    // Room for the other fields of a form beside the largest picture.
    private const long FormOverhead = 256 * 1024;

    public static void AddApi(this WebApplicationBuilder builder)
    {
        builder.AddProblems();
        builder.AddProxies();
        builder.AddSessions();
        builder.AddLimits();
        builder.AddSlowRequests();
        builder.AddJobs();
        builder.AddQueues();
        builder.AddWebhooks(JobView.Body);
        builder.AddRetention();
        builder.AddModels();
        var services = builder.Services;
        services.ConfigureHttpJsonOptions(json => IvgJson.Configure(json.SerializerOptions));
        services.AddSingleton<SubmissionReader>();
        services.AddSingleton<SourcePicker>();
        services.AddSingleton<JobOutlooks>();
        services.AddSingleton<SubmitService>();
        services.AddSingleton<VariationSubmits>();
        services.AddSingleton<BackgroundRemovalSubmits>();
        services.AddSingleton<InlineSlots>();
        services.AddSingleton<InlineJobs>();
        if (!builder.Configuration.GetValue("ASYNC_TASKS_ENABLED", true)) services.AddHostedService<InlineJobsService>();
        services.AddSingleton(provider =>
            new DecodeSlots(DecodeSlots.Fitting(provider.GetRequiredService<IOptions<ImageLimits>>().Value.MaxPixels), patience: TimeSpan.FromSeconds(10)));
        services.AddSingleton<Renderings>();
        services.AddSingleton(new AnswerMemory(MemoryShare.Quarter));
        services.AddSingleton<ImageRenderer>();
        services.AddOptions<StreamOptions>().Bind(builder.Configuration).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<StreamSlots>();
        services.AddSingleton<JobWatchers>();
        services.AddHostedService(provider => provider.GetRequiredService<JobWatchers>());
        services.AddSingleton<JobStreamEndpoint>();
        services.AddSingleton<SessionStreamEndpoint>();
        // Elsewhere a scheduler runs the migrator's cleanup.
        if (builder.Environment.IsDevelopment()) services.AddHostedService<CleanerService>();
        services.AddHealthChecks().AddCheck<SchemaHealthCheck>("schema");
        var largest = builder.Configuration.GetValue<long?>("MAX_UPLOAD_BYTES") ?? new ImageLimits().MaxUploadBytes;
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = largest + FormOverhead;
        });
    }

    public static void MapApi(this WebApplication app)
    {
        // Made now, so that its gauge says 0 before the first stream.
        _ = app.Services.GetRequiredService<StreamSlots>();
        app.MapHealthApi();
        app.MapStylesApi();
        app.MapVariationsApi();
        app.MapBackgroundRemovalApi();
        app.MapJobsApi();
        app.MapQueuesApi();
        app.MapImagesApi();
        app.MapHistoryApi();
        app.MapContract();
    }
}
