using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Ivg.Hosting.Builder;
using Ivg.Hosting.Publishing;

namespace Ivg.Tests.Hosting;

public sealed class ParameterTests
{
    [Fact]
    public async Task Missing_parameter_is_named_with_the_remedy_before_anything_starts()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddParameter("paint-key", secret: true);
        builder.AddShell("early", "exec sleep 1000");
        await using var app = await builder.BuildAsync();

        var error = await Assert.ThrowsAsync<DistributedApplicationException>(() => app.StartAsync(Shell.Timeout()));

        Assert.Equal("Parameter 'paint-key' has no value. Set Parameters__paint_key, or type dotnet user-secrets set Parameters:paint-key VALUE in the AppHost's folder.", error.Message);
        Assert.Empty(app.GetProcessIds("early"));
        Assert.False(Directory.Exists(Path.Combine(app.GetDataDirectory(), "logs")));
    }

    [Fact]
    public async Task Person_is_asked_for_what_is_missing_and_for_nothing_else()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var missing = builder.AddParameter("paint-key", secret: true).WithDescription("Opens the paint");
        builder.AddParameter("given", "value");
        builder.AddParameter("spare", secret: true).WithOptionalValue();
        var questions = new List<string>();

        await MissingParameters.FillAsync(new DistributedApplicationModel(builder.Resources), (question, _) =>
        {
            questions.Add(question);
            return Task.FromResult<string?>("typed");
        }, Shell.Timeout());

        Assert.Equal("Parameter 'paint-key' (Opens the paint), not shown as you type: ", Assert.Single(questions));
        Assert.Equal("typed", await missing.Resource.GetValueAsync(Shell.Timeout()));
    }

    [Theory]
    [InlineData("--Parameters:paint-key=blue", "blue")]
    // A shell takes no dash in the name of a variable.
    [InlineData("--Parameters:paint_key=red", "red")]
    public async Task Parameter_is_read_by_its_name_and_with_underscores_for_dashes(string argument, string value)
    {
        await using var builder = DistributedApplicationTestingBuilder.Create(argument);

        Assert.Equal(value, await builder.AddParameter("paint-key").Resource.GetValueAsync(Shell.Timeout()));
    }
}
