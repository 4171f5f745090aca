using Ivg.Core.Webhooks;

namespace Ivg.Tests.Webhooks;

public sealed class WebhookScheduleTests
{
    private static readonly DateTimeOffset Finished = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Next_ReceiverThatNeverAnswers_TriesForADayAndThenStops()
    {
        var (tries, now) = (0, Finished);
        for (DateTimeOffset? next = Finished; next is { } at; next = WebhookSchedule.Next(new(null, "timeout", null), ++tries, 5, Finished, now)) now = at;

        Assert.InRange(tries, 10, 25);
        Assert.InRange(now - Finished, TimeSpan.FromHours(19), TimeSpan.FromHours(24));
    }

    [Fact]
    public void Next_ReceiverAsksForAWait_WaitsAsLong() =>
        Assert.Equal(Finished.AddMinutes(10), WebhookSchedule.Next(new(429, null, TimeSpan.FromMinutes(10)), 1, 5, Finished, Finished));

    [Fact]
    public void Next_Taken_IsNone() => Assert.Null(WebhookSchedule.Next(new(200, null, null), 1, 5, Finished, Finished));
}
