namespace Aspire.Hosting;

/// <summary>Uses of a model.</summary>
public enum DistributedApplicationOperation
{
    Run = 0,
    Publish = 1,
}
