using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Says where a project is; the build makes one class a referenced project.</summary>
public interface IProjectMetadata : IResourceAnnotation
{
    /// <summary>The project file's full path.</summary>
    string ProjectPath { get; }
}
