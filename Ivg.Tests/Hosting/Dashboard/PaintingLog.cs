using Microsoft.Extensions.Logging;

namespace Ivg.Tests.Hosting.Dashboard;

internal static partial class PaintingLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Painting {colour} for {number}")]
    public static partial void LogPainting(this ILogger logger, string colour, int number);
}
