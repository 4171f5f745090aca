using Ivg.Hosting.Publishing.Model;

namespace Ivg.Hosting.Publishing;

/// <summary>A place that applications run in.</summary>
internal interface IPublishTarget
{
    /// <summary>What <c>--publisher</c> calls it.</summary>
    string Name { get; }

    /// <summary>What to do with the folder.</summary>
    string NextStep { get; }

    /// <summary>The same files for the same model, whatever the machine.</summary>
    IReadOnlyList<PublishedFile> Create(DeploymentModel model);
}
