
namespace Ivg.Tests.Hosting;

/// <summary>Where the AppHost's settings and parameters come from, seen in what it publishes.</summary>
public sealed class ConfigurationTests : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("ivg-home-");

    public void Dispose() => _home.Delete(recursive: true);

    [Fact]
    public async Task Environment_wins_over_user_secrets_and_they_over_the_env_file()
    {
        await WriteAsync(".env", "# of the team\nPublishing__Tag=1.dotenv\nPublishing__Registry=dotenv.example\nexport ConnectionStrings__redis=\"dotenv.example:6379\"\n");
        await WriteAsync(".microsoft/usersecrets/ivg-apphost/secrets.json", """{ "Publishing:Tag": "1.secrets", "Publishing": { "Registry": "secrets.example" } }""");

        var (code, output) = await PublishAsync(("DOTENV_FILE", ".env"), ("Publishing__Tag", "1.environment"));

        Assert.True(code == 0, output);
        Assert.Contains("newName: secrets.example/ivg-api", await ReadAsync("kustomization.yaml"), StringComparison.Ordinal);
        Assert.Contains("newTag: 1.environment", await ReadAsync("kustomization.yaml"), StringComparison.Ordinal);
        Assert.Contains("address: dotenv.example:6379", await ReadAsync("scaling.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Env_file_that_is_not_there_is_one_line_and_a_code()
    {
        var (code, output) = await PublishAsync(("DOTENV_FILE", "nowhere.env"));

        Assert.Equal((1, $"Cannot build the model: DOTENV_FILE names {Path.Combine(_home.FullName, "nowhere.env")}, which is not there. Correct the path, or unset DOTENV_FILE."), (code, output.Trim()));
    }

    private Task<(int ExitCode, string Output)> PublishAsync(params (string Name, string Value)[] settings) => Tool.RunAsync("dotnet",
        ["exec", AppHost, "--operation", "publish", "--publisher", "kubernetes", "--output-path", "out"], _home.FullName, [("HOME", _home.FullName), .. settings]);

    private static string AppHost => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Ivg.AppHost", new DirectoryInfo(AppContext.BaseDirectory).Name, "Ivg.AppHost.dll"));

    private Task<string> ReadAsync(string file) => File.ReadAllTextAsync(Path.Combine(_home.FullName, "out", file));

    private Task WriteAsync(string file, string text)
    {
        var path = Path.Combine(_home.FullName, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return File.WriteAllTextAsync(path, text);
    }
}
