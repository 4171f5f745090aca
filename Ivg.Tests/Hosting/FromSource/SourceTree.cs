using Ivg.Tests.Architecture;

namespace Ivg.Tests.Hosting.FromSource;

/// <summary>A small AppHost with one service, as a developer has them: source files, which the SDK builds and runs.</summary>
internal sealed class SourceTree : IDisposable
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
          </PropertyGroup>
        </Project>
        """;

    private const string Model = """
        var builder = DistributedApplication.CreateBuilder(args);
        var early = builder.AddExecutable("early", "/bin/sh", "/", "-c", "printf %s \"$PAINT_KEY\" | cksum; exec sleep 1000");
        switch (builder.Configuration["fault"])
        {
            case "twice":
                builder.AddExecutable("Early", "true", "/");
                break;
            case "nothing":
                var gone = builder.AddRedis("gone");
                early.WithReference(gone);
                builder.Resources.Remove(gone.Resource);
                break;
            case "circle":
                var late = builder.AddExecutable("late", "true", "/").WaitFor(early);
                early.WaitFor(late);
                break;
            case "parameter":
                early.WithEnvironment("PAINT_KEY", builder.AddParameter("paint-key", secret: true));
                break;
            case "port":
                early.WithHttpEndpoint(port: int.Parse(builder.Configuration["port"]!));
                break;
            case "paints":
                builder.AddProject<Projects.Paints>("paints");
                break;
        }

        builder.Build().Run();
        """;

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("ivg-source-");

    public SourceTree(string service)
    {
        Write("Paints/Paints.csproj", Project);
        Write("Paints/Program.cs", service);
        Write("Host/Program.cs", Model);
        Write("Host/Host.csproj", $"""
            {Project.Replace("</Project>", "", StringComparison.Ordinal)}
              <ItemGroup>
                <FrameworkReference Include="Microsoft.AspNetCore.App" />
                <Reference Include="{Path.Combine(AppContext.BaseDirectory, "Ivg.Hosting.dll")}" />
                <ProjectReference Include="../Paints/Paints.csproj" />
              </ItemGroup>
              <Import Project="{Path.Combine(Repository.Root, "Ivg.Hosting", "Ivg.Hosting.targets")}" />
            </Project>
            """);
    }

    /// <summary>Where the host keeps its data; nobody has made it yet.</summary>
    public string Data => Path.Combine(_root.FullName, "data");

    /// <summary>What the service is built to.</summary>
    public string Paints => Path.Combine(_root.FullName, "Paints", "bin", "Debug", "net10.0", "Paints.dll");

    /// <summary>What it takes to run the built host.</summary>
    public string[] Command => ["exec", Path.Combine(_root.FullName, "Host", "bin", "Debug", "net10.0", "Host.dll"), .. Arguments];

    private string[] Arguments => [$"--Hosting:DataDirectory={Data}", "--Hosting:DashboardEnabled=false"];

    public Task<(int ExitCode, string Output)> BuildAsync() => DotnetAsync(["build", "Host"]);

    public Task<(int ExitCode, string Output)> RunAsync() => DotnetAsync(["run", "--project", "Host", "--", .. Arguments]);

    /// <summary>Runs what was built, until it ends.</summary>
    public Task<(int ExitCode, string Output)> HostAsync(params string[] more) => Tool.RunAsync("dotnet", [.. Command, .. more], _root.FullName);

    public void Dispose() => _root.Delete(recursive: true);

    // A server of the compiler or the build would hold our pipes open long after its work is done.
    private Task<(int ExitCode, string Output)> DotnetAsync(string[] arguments) => Tool.RunAsync("dotnet", arguments, _root.FullName,
        ("UseSharedCompilation", "false"), ("MSBUILDDISABLENODEREUSE", "1"), ("DOTNET_CLI_USE_MSBUILD_SERVER", "0"), ("MSBUILDTERMINALLOGGER", "off"));

    private void Write(string file, string text)
    {
        var path = Path.Combine(_root.FullName, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
