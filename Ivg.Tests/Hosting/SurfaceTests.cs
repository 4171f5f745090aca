using Aspire.Hosting;
using Ivg.Tests.Architecture;

namespace Ivg.Tests.Hosting;

/// <summary>Shows drift from Aspire: whoever changes a signature has to look Aspire's up and write it beside ours.</summary>
public sealed class SurfaceTests
{
    [Fact]
    public void What_is_offered_under_Aspires_names_is_listed_beside_Aspires_signature()
    {
        var listed = File.ReadLines(Path.Combine(Repository.Root, "Ivg.Tests", "Hosting", "AspireSurface.txt"))
            .Where(line => line.StartsWith("= ", StringComparison.Ordinal) || line.StartsWith("~ ", StringComparison.Ordinal)).Select(line => line[2..]);

        Assert.Equal(listed, Surface.ExtensionsOf(typeof(DistributedApplication).Assembly));
    }
}
