namespace Ivg.Hosting;

/// <summary>Where the build put a project's assembly; the classes that the build makes of project references say so.</summary>
public interface IBuiltProject
{
    /// <summary>Full path of the assembly.</summary>
    string TargetPath { get; }
}
