using Aspire.Hosting.ApplicationModel;
using Ivg.Hosting.Processes;

namespace Ivg.Hosting.Orchestration;

/// <summary>What every supervisor works with.</summary>
internal sealed record SupervisorServices(
    ResourceNotificationService Notifications,
    ResourceLoggerService Consoles,
    ProcessRunner Runner,
    HealthMonitor Health,
    Terminal Terminal,
    TimeProvider Time);
