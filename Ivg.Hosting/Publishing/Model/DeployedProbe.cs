using Aspire.Hosting.ApplicationModel;

namespace Ivg.Hosting.Publishing.Model;

/// <param name="Ask">What the model says of it.</param>
/// <param name="Port">Of the container.</param>
internal sealed record DeployedProbe(HttpProbeAnnotation Ask, int Port)
{
    public ProbeType Type => Ask.Type;
}
