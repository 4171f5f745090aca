using System.Net;
using System.Net.Sockets;
using System.Text;
using Ivg.Core.Images;
using Ivg.Tests.Application;
using Npgsql;

namespace Ivg.Tests.Limits;

/// <summary>Clients that take an image more slowly than the database gives it.</summary>
public sealed class SlowReaderTests
{
    [Fact]
    public async Task Readers_that_take_nothing_hold_no_database_connection()
    {
        var app = await SharedApplication.GetAsync();
        var database = new NpgsqlConnectionStringBuilder(app.DatabaseConnection) { MaxPoolSize = 3, Timeout = 5 }.ConnectionString;
        var (api, address) = await ServiceProcess.StartApiAsync(app, "Development", ("ConnectionStrings__ivgdb", database));
        await using var _ = api;
        using var user = new IvgClient(address, $"slow-{Guid.NewGuid():N}");
        var noise = new byte[2200 * 2200 * 3];
        new Random(7).NextBytes(noise);
        // Larger than all buffers between here and there.
        var picture = Pictures.Encode(new Picture(2200, 2200, 3, noise), ImageFormat.Png, effort: 0);
        await user.FinishAsync(await user.SubmitAsync("/api/variations", picture));
        var url = (string)(await user.GetJsonAsync("/api/history"))["items"]![0]!["source"]!["url"]!;
        var readers = new List<TcpClient>();
        try
        {
            for (var i = 0; i < 9; i++)
            {
                var reader = await RawHttp.OpenAsync(address, $"GET {url} HTTP/1.1\r\nHost: x\r\nX-User-Id: {user.SessionId.Split(':')[1]}\r\n\r\n");
                readers.Add(reader);
                var status = new byte[15];
                await reader.GetStream().ReadExactlyAsync(status);
                Assert.Equal("HTTP/1.1 200 OK", Encoding.ASCII.GetString(status));
            }
            // Three times as many as there are connections are in the middle of their answers.
            for (var i = 0; i < 10; i++) Assert.Equal(HttpStatusCode.OK, (await user.Http.GetAsync("/api/history")).StatusCode);
            // Larger than what is kept in memory, and so put together of pieces.
            Assert.Equal(picture, await user.Http.GetByteArrayAsync(url));
            using var part = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { Range = new(5_000_000, 5_400_000) } };
            using var answer = await user.Http.SendAsync(part);
            Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
            Assert.Equal(picture[5_000_000..5_400_001], await answer.Content.ReadAsByteArrayAsync());

            // Nothing is told any more of what was deleted: not even the rest of an answer that has begun.
            Assert.Equal(HttpStatusCode.NoContent, (await user.Http.DeleteAsync(url)).StatusCode);
            var rest = new MemoryStream();
            var cut = await Record.ExceptionAsync(() => readers[0].GetStream().CopyToAsync(rest));
            Assert.True(cut is IOException || cut is null && rest.Length < picture.Length);
        }
        finally
        {
            readers.ForEach(reader => reader.Dispose());
        }
    }
}
