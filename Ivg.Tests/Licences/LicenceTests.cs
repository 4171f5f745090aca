using Ivg.Tests.Architecture;

namespace Ivg.Tests.Licences;

/// <summary>A new dependency or model comes with its licence read, not unseen.</summary>
public sealed class LicenceTests
{
    [Fact]
    public void Page_SaysWhatPackagesAndModelsSay()
    {
        var file = Path.Combine(Repository.Root, "docs", "licences.md");
        var page = LicencePage.Write();
        if (Environment.GetEnvironmentVariable("IVG_SNAPSHOTS") == "write") File.WriteAllText(file, page);
        Assert.Equal(File.ReadAllText(file), page);
        Assert.DoesNotContain("none named", page);
    }
}
