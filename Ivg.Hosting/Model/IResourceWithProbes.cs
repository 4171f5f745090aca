namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource that a deployment can ask how it is.</summary>
public interface IResourceWithProbes : IResource;
