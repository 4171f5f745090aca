namespace Aspire.Hosting.ApplicationModel;

/// <summary>Base of every resource.</summary>
public abstract class Resource : IResource
{
    /// <exception cref="ArgumentException">The name is not 1 to 64 ASCII letters, digits and single inner hyphens, starting with a letter.</exception>
    protected Resource(string name)
    {
        Name = ResourceName.Validate(name);
    }

    public virtual string Name { get; }

    public virtual ResourceAnnotationCollection Annotations { get; } = [];
}
