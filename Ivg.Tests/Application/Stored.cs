using System.Net.Http.Headers;

namespace Ivg.Tests.Application;

/// <summary>What the tables hold of a session.</summary>
internal static class Stored
{
    public static async Task AssertNothingAsync(IvgApplication app, IvgClient user)
    {
        await using var command = app.Database.CreateCommand("""
            select (select count(*) from jobs where session_id = $1) + (select count(*) from image_assets where session_id = $1)
                 + (select count(*) from generation_history where session_id = $1)
            """);
        command.Parameters.Add(new() { Value = user.SessionId });
        Assert.Equal(0L, await command.ExecuteScalarAsync());
    }

    public static StringContent Json(string json) => new(json, new MediaTypeHeaderValue("application/json"));
}
