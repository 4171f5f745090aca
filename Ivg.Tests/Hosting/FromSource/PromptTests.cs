using System.Diagnostics;
using System.Text;

namespace Ivg.Tests.Hosting.FromSource;

/// <summary>A parameter without a value, and a person at a terminal: a real one, as <c>script</c> makes them.</summary>
public sealed class PromptTests(BuiltTree built) : IClassFixture<BuiltTree>
{
    private const string Question = "Parameter 'paint-key', not shown as you type: ";

    [Fact]
    public async Task Typed_value_reaches_the_resource_and_never_the_screen()
    {
        var data = Path.Combine(built.Tree.Data, "asked");
        using var terminal = Terminal(data);
        var screen = await ReadUntilAsync(terminal, Question);
        // A word mistyped and taken back; and the value, slowly enough to be echoed were it echoed at all.
        await TypeAsync(terminal, "x\x7f");
        foreach (var key in "blue-77") await TypeAsync(terminal, key.ToString());
        await TypeAsync(terminal, "\r");

        var log = Path.Combine(data, "logs", "early.log");
        await Shell.UntilAsync(() => File.Exists(log) && File.ReadAllText(log).Contains(Checksum("blue-77"), StringComparison.Ordinal), Shell.Timeout());
        await TypeAsync(terminal, "\x03");
        screen += await terminal.StandardOutput.ReadToEndAsync(Shell.Timeout());
        await terminal.WaitForExitAsync(Shell.Timeout());

        Assert.Equal(0, terminal.ExitCode);
        // Not even piecemeal: between question and answer there is nothing but the end of the line.
        var shown = screen[(screen.IndexOf(Question, StringComparison.Ordinal) + Question.Length)..];
        Assert.Equal("\r\n", shown[..2]);
        Assert.DoesNotContain("blue", screen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\x03")]
    [InlineData("\x04")]
    [InlineData("\r")]
    public async Task Person_who_gives_none_is_told_the_remedy(string key)
    {
        using var terminal = Terminal(Path.Combine(built.Tree.Data, $"refused-{(int)key[0]}"));
        await ReadUntilAsync(terminal, Question);
        await TypeAsync(terminal, key);
        var screen = await terminal.StandardOutput.ReadToEndAsync(Shell.Timeout());
        await terminal.WaitForExitAsync(Shell.Timeout());

        Assert.Equal(1, terminal.ExitCode);
        Assert.Contains("Cannot start: Parameter 'paint-key' has no value. Set Parameters__paint_key", screen, StringComparison.Ordinal);
    }

    // Whoever runs the tests in the background has Ctrl+C ignored, and programs inherit that; whoever doesn't has it end the
    // shell beside the program, unless the program takes the shell's place.
    private Process Terminal(string data) => Process.Start(new ProcessStartInfo("script",
        ["--quiet", "--return", "--command", $"exec env --default-signal=INT dotnet {string.Join(' ', built.Tree.Command)} --fault=parameter --Hosting:DataDirectory={data}", "/dev/null"])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        Environment = { ["TERM"] = "dumb" },
    })!;

    private static async Task TypeAsync(Process terminal, string keys)
    {
        await terminal.StandardInput.WriteAsync(keys);
        await terminal.StandardInput.FlushAsync();
    }

    private static async Task<string> ReadUntilAsync(Process terminal, string text)
    {
        var read = new StringBuilder();
        var buffer = new char[1];
        while (!read.ToString().Contains(text, StringComparison.Ordinal))
        {
            Assert.True(await terminal.StandardOutput.ReadAsync(buffer, Shell.Timeout()) == 1, read.ToString());
            read.Append(buffer);
        }

        return read.ToString();
    }

    // What cksum prints of it; its two figures are in no other line.
    private static string Checksum(string text)
    {
        using var cksum = Process.Start(new ProcessStartInfo("cksum") { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        cksum.StandardInput.Write(text);
        cksum.StandardInput.Close();
        return cksum.StandardOutput.ReadToEnd().Trim();
    }
}
