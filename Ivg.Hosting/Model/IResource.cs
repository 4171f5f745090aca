namespace Aspire.Hosting.ApplicationModel;

/// <summary>A node of the application model.</summary>
public interface IResource
{
    /// <summary>Unique in the model, case-insensitively.</summary>
    string Name { get; }

    ResourceAnnotationCollection Annotations { get; }
}
