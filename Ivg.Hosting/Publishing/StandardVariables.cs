using System.Globalization;
using Ivg.Hosting.Publishing.Model;

namespace Ivg.Hosting.Publishing;

/// <summary>What every service is told wherever it runs.</summary>
internal static class StandardVariables
{
    public static IEnumerable<(string Name, string Value)> Of(DeployedService service)
    {
        yield return ("OTEL_SERVICE_NAME", service.Name);
        if (service.Ports.Count > 0)
            yield return ("HTTP_PORTS", string.Join(';', service.Ports.Select(p => p.Port.ToString(CultureInfo.InvariantCulture))));
    }
}
