using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Ivg.Tests.Settings;

/// <summary>A deployment counts on it: the database is made for the sum of all pools.</summary>
public sealed class PoolSizeTests
{
    [Theory]
    [InlineData(null, "", 24)]
    [InlineData("", "", 24)]
    [InlineData("7", "", 7)]
    [InlineData("7", ";Maximum Pool Size=3", 3)]
    public async Task Pool_IsAsLargeAsTheSettingSaysUnlessTheStringDoes(string? setting, string more, int expected)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:ivgdb", "Host=db.example.org;Database=ivg" + more), new("DATABASE_POOL_SIZE", setting)]);
        builder.AddNpgsqlDataSource("ivgdb");
        using var host = builder.Build();
        await using var database = host.Services.GetRequiredService<NpgsqlDataSource>();
        Assert.Equal(expected, new NpgsqlConnectionStringBuilder(database.ConnectionString).MaxPoolSize);
    }
}
