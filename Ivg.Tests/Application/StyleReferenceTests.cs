using Dapper;

namespace Ivg.Tests.Application;

/// <summary>A style's reference image, whose bytes lie beside its row: Postgres counts how often either is looked at.</summary>
public sealed class StyleReferenceTests
{
    private const string Path = "/api/styles/ink-line/reference";

    [Fact]
    public async Task Reference_KnownOrOnlyAskedAbout_IsAnsweredBeforeItsBytesAreRead()
    {
        await using var servers = await OwnServers.CreateAsync();
        var (api, address) = await ServiceProcess.StartListeningAsync("Ivg.Api", servers.Settings());
        await using var _ = api;
        using var user = new IvgClient(address, "anna");
        await using var connection = await servers.Database.OpenConnectionAsync();
        foreach (var (method, path, status) in new[] { ("GET", Path, 304), ("GET", Path + "?width=100", 304), ("HEAD", Path, 200) })
        {
            var before = await CountAsync();
            using var asked = new HttpRequestMessage(new HttpMethod(method), path);
            if (status == 304) asked.Headers.TryAddWithoutValidation("If-None-Match", "*");
            using var answer = await user.Http.SendAsync(asked);
            Assert.Equal(status, (int)answer.StatusCode);
            // A connection tells of both at once, some time after.
            await Until.TrueAsync(async () => (await CountAsync()).Row > before.Row, IvgClient.Patience, "the row's read to be counted");
            Assert.Equal(before.Bytes, (await CountAsync()).Bytes);
        }
        var untouched = await CountAsync();
        Assert.NotEmpty(await user.Http.GetByteArrayAsync(Path));
        await Until.TrueAsync(async () => (await CountAsync()).Bytes > untouched.Bytes, IvgClient.Patience, "the bytes' read to be counted");

        async Task<(long Row, long Bytes)> CountAsync() => await connection.QuerySingleAsync<(long, long)>(
            "select heap_blks_hit + heap_blks_read, toast_blks_hit + toast_blks_read from pg_statio_user_tables where relname = 'styles'");
    }
}
