namespace Ivg.Tests.Hosting.FromSource;

public sealed class BrokenProjectTests
{
    [Fact]
    public async Task Project_that_does_not_build_is_told_with_the_compilers_errors_before_anything_starts()
    {
        using var tree = new SourceTree("Console.WriteLine(paint);");

        var (code, output) = await tree.RunAsync();

        Assert.Equal(1, code);
        Assert.Contains("Program.cs(1,19): error CS0103: The name 'paint' does not exist in the current context", output, StringComparison.Ordinal);
        Assert.Contains("The build failed. Fix the build errors and run again.", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(tree.Data));
    }
}
