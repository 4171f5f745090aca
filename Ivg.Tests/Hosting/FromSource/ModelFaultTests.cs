using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Ivg.Tests.Hosting.FromSource;

/// <summary>What a person sees at the terminal: one line with the remedy and a code, and nothing was started or written.</summary>
public sealed class ModelFaultTests(BuiltTree built) : IClassFixture<BuiltTree>
{
    [Theory]
    [InlineData("twice", "Cannot build the model: The model has two resources named 'Early'. Rename one of them.")]
    [InlineData("nothing", "Cannot start: 'early' refers to 'gone', which is not in the model. Add it to the builder, or remove the reference.")]
    [InlineData("circle", "Cannot start: Resources wait for each other in a circle: early -> late -> early. Remove one of the waits.")]
    [InlineData("parameter", "Cannot start: Parameter 'paint-key' has no value. Set Parameters__paint_key, or type dotnet user-secrets set Parameters:paint-key VALUE in the AppHost's folder.")]
    public async Task Fault_of_the_model_is_one_line_and_a_code(string fault, string line)
    {
        var data = Path.Combine(built.Tree.Data, fault);
        var (code, output) = await built.Tree.HostAsync($"--fault={fault}", $"--Hosting:DataDirectory={data}");

        Assert.Equal((1, line), (code, output.TrimEnd('\n')));
        Assert.False(Directory.Exists(Path.Combine(data, "logs")));
    }

    [Fact]
    public async Task Port_that_is_taken_is_one_line_and_a_code()
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var port = ((IPEndPoint)holder.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        var (code, output) = await built.Tree.HostAsync("--fault=port", $"--port={port}", $"--Hosting:DataDirectory={Path.Combine(built.Tree.Data, "port")}");

        Assert.Equal(1, code);
        Assert.StartsWith($"Cannot start: Port {port}, which 'early' listens on, is in use by process {Environment.ProcessId} ", Assert.Single(output.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Project_whose_output_is_gone_is_one_line_and_a_code()
    {
        File.Delete(built.Tree.Paints);
        var (code, output) = await built.Tree.HostAsync("--fault=paints", $"--Hosting:DataDirectory={Path.Combine(built.Tree.Data, "paints")}");

        Assert.Equal((1, $"Cannot start: 'paints' is not built: {built.Tree.Paints} is missing. Build the AppHost, which builds the projects it names."), (code, output.TrimEnd('\n')));
    }

    [Fact]
    public async Task Data_folder_of_a_newer_version_is_one_line_and_a_code_and_left_as_it_was()
    {
        var data = Directory.CreateDirectory(Path.Combine(built.Tree.Data, "newer")).FullName;
        await File.WriteAllTextAsync(Path.Combine(data, "version"), "2");
        var (code, output) = await built.Tree.HostAsync($"--Hosting:DataDirectory={data}");

        Assert.Equal(1, code);
        Assert.StartsWith($"Cannot start: The data folder {data} is of version 2, ", Assert.Single(output.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
        Assert.Equal(["version"], Directory.GetFileSystemEntries(data).Select(Path.GetFileName));
    }
}
