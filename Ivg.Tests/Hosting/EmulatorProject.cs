using System.Reflection;
using Aspire.Hosting;
using Ivg.Hosting;

namespace Ivg.Tests.Hosting;

/// <summary>A small service of ours that listens: the copy beside the tests will do.</summary>
internal sealed class EmulatorProject : IProjectMetadata, IBuiltProject
{
    public string ProjectPath => TargetPath;

    public string TargetPath => Path.Combine(Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)!, "Ivg.GeminiEmulator.dll");
}
