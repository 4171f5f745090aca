using Aspire.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Ivg.Hosting;

/// <summary>Pages of the AppHost's own.</summary>
public static class DashboardPageBuilderExtensions
{
    /// <summary>Adds a page to the dashboard's menu.</summary>
    /// <param name="create">Called once, with the host's services.</param>
    public static IDistributedApplicationBuilder AddDashboardPage(this IDistributedApplicationBuilder builder, Func<IServiceProvider, DashboardPage> create)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton(create);
        return builder;
    }
}
