using System.Diagnostics;
using System.Text.RegularExpressions;
using Ivg.Core.Images;
using Ivg.Tests.Application;
using Ivg.Tests.Architecture;

namespace Ivg.Tests.BadInputs;

/// <summary>Hundreds of bad inputs, each refused with its code, and the service afterwards as it was before.</summary>
public sealed partial class BadInputTests
{
    private const int AtOnce = 4;
    private const long MostGrowth = 50L << 20;

    [Fact]
    public void List_IsTheOneThatIsCheckedIn()
    {
        var file = Path.Combine(Repository.Root, "Ivg.Tests", "BadInputs", "inputs.txt");
        if (Environment.GetEnvironmentVariable("IVG_SNAPSHOTS") == "write") File.WriteAllLines(file, BadInputs.Lines);
        Assert.Equal(File.ReadAllLines(file), BadInputs.Lines);
        Assert.True(BadInputs.All.Count >= 200);
        Assert.Equal(BadInputs.All.Count, BadInputs.All.Select(input => input.Name).Distinct().Count());
    }

    [Fact]
    public async Task Inputs_AreEachRefusedWithTheirCode_AndLeaveNoRowAndNoMemoryBehind()
    {
        var app = await SharedApplication.GetAsync();
        // Little room for new objects, so that garbage which is not collected yet is not taken for memory that is kept.
        var (api, address) = await ServiceProcess.StartApiAsync(app, "Development", ("DOTNET_GCgen0size", "400000"));
        await using var _ = api;
        await WarmAsync(address);
        // The first round loads code and fills the pools of buffers, which a second one has no need to make larger.
        await SendAllAsync(address);
        var before = Memory(api);
        await SendAllAsync(address);

        using var user = new IvgClient(address, BadInput.User);
        await Stored.AssertNothingAsync(app, user);
        // The collector gives back what it has no use for while the service goes on.
        await Until.TrueAsync(async () => (await user.Http.GetStringAsync("/api/history")).Length > 0 && Memory(api) <= before + MostGrowth, IvgClient.Patience,
            $"the memory to be within 50 MiB of {before >> 20} MiB; it was {Memory(api) >> 20} when it began to wait");
        Assert.DoesNotContain("A request failed", api.Output);
    }

    // Sound pictures of each format and of the largest size, as many at once, so that every decoder is loaded and the buffers are there that are used again.
    private static async Task WarmAsync(Uri address)
    {
        using var user = new IvgClient(address, $"warm-{Guid.NewGuid():N}");
        foreach (var (_, bytes) in WholePictures.All) await user.SubmitAsync("/api/remove-background", bytes);
        var noise = new byte[2500 * 2500 * 3];
        new Random(3).NextBytes(noise);
        var large = Pictures.Encode(new Picture(2500, 2500, 3, noise), ImageFormat.Png, effort: 0);
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => user.SubmitAsync("/api/variations", large)));
        await user.Http.GetStringAsync("/api/history");
    }

    private static async Task SendAllAsync(Uri address)
    {
        var faults = new List<string>();
        await Parallel.ForEachAsync(BadInputs.All, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (input, _) =>
        {
            var fault = await FaultAsync(address, input);
            if (fault is not null) lock (faults) faults.Add($"{input.Name}: {fault}");
        });
        Assert.True(faults.Count == 0, $"{faults.Count} of {BadInputs.All.Count}:\n{string.Join('\n', faults.Order(StringComparer.Ordinal))}");
    }

    private static async Task<string?> FaultAsync(Uri address, BadInput input)
    {
        var answer = await RawHttp.SendAsync(address, input.Make());
        var (head, body) = answer.Split("\r\n\r\n", 2) is [var first, var rest] ? (first, rest) : (answer, "");
        var status = head.Length > 12 ? head[9..12] : head;
        var code = Code().Match(body) is { Success: true } found ? found.Groups[1].Value : "";
        if (status != input.Status.ToString(provider: null) || code != input.Code) return $"{status} {code} in place of {input.Status} {input.Code}; {body}";
        if (head.Contains(BadInput.Planted, StringComparison.OrdinalIgnoreCase)) return $"planted a header: {head}";
        if (code.Length > 0 && !head.Contains("X-Request-Id: ", StringComparison.Ordinal)) return "has no request id";
        return Inside().IsMatch(body) ? $"tells what is inside: {body}" : null;
    }

    private static long Memory(ServiceProcess api)
    {
        using var process = Process.GetProcessById(api.ProcessId);
        return process.WorkingSet64;
    }

    [GeneratedRegex("\"code\":\"([a-z_]+)\"")]
    private static partial Regex Code();

    [GeneratedRegex(@"   at |vips|Npgsql|Exception|root:x:", RegexOptions.IgnoreCase)]
    private static partial Regex Inside();
}
