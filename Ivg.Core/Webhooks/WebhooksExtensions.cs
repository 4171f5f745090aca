using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Ivg.Core.Webhooks;

/// <summary>Registers webhooks.</summary>
public static class WebhooksExtensions
{
    /// <summary>The check at submit, the log, and a sender.</summary>
    public static void AddWebhooks(this IHostApplicationBuilder builder, WebhookBody body)
    {
        var services = builder.Services;
        services.AddOptions<WebhookOptions>().Bind(builder.Configuration).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(body);
        services.AddSingleton<CallbackUrls>();
        services.AddSingleton<WebhookStore>();
        services.AddSingleton<WebhookSender>();
        services.AddHostedService<WebhookService>();
    }
}
