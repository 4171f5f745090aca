using System.Text.Json.Nodes;
using Ivg.Api.Errors;
using Ivg.Api.Jobs;
using Ivg.Core.Images;
using Ivg.Core.Jobs;
using Ivg.Core.Styles;
using Microsoft.AspNetCore.Mvc;

namespace Ivg.Api.Pages;

/// <summary>One job from its place in the queue to its pictures. Without script it loads itself again until the job is over.</summary>
internal sealed class JobModel(JobQueries jobs, JobOutlooks outlooks, JobCanceller canceller, StyleStore styles, AssetStore assets) : WebPage
{
    public Job Job { get; private set; } = null!;

    public string Title { get; private set; } = "";

    public string State { get; private set; } = "";

    /// <summary>Seconds that jobs of its kind take, of late; null where none was measured.</summary>
    public double? Usual { get; private set; }

    /// <summary>What is left of its results, in order.</summary>
    public IReadOnlyList<Asset> Images { get; private set; } = [];

    public KeptSource? Before { get; private set; }

    public string? Provider { get; private set; }

    public string? FailureCode { get; private set; }

    public ErrorWords? Failure => FailureCode is null ? null : ErrorWords.Of(FailureCode);

    /// <summary>The form that asks for the same once more.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; private set; } = new Dictionary<string, string>();

    /// <summary>Whether its source is still here.</summary>
    public bool CanRepeat => Before is not null;

    /// <summary>The workshop with everything but the style filled in; null where that makes no sense.</summary>
    public string? OtherStyle => CanRepeat && Job.Kind == "variation"
        ? $"/{QueryString.Create(Settings.Where(one => one.Key != "style_id").Select(one => KeyValuePair.Create(one.Key, (string?)one.Value)))}"
        : null;

    /// <summary>Where a job is seen.</summary>
    public static string Address(Guid jobId) => $"/jobs/{jobId}";

    public async Task OnGetAsync(string id)
    {
        Job = Guid.TryParseExact(id, "D", out var jobId) && await jobs.FindAsync(Session, jobId, Aborted) is { } job ? job : throw ApiException.JobNotFound();
        var outlook = await outlooks.OfAsync(Job, Aborted);
        (State, Usual) = (PageWords.State(Job, outlook.QueuePosition), outlook.ExpectedSeconds);
        var asked = JsonNode.Parse(Job.Payload)!.AsObject();
        Settings = Fields(asked);
        Title = PageWords.Title(Job.Kind, await StyleNameAsync((string?)asked["style_id"]), (string?)asked["prompt"]);
        Before = await KeptSource.FindAsync(assets, styles, Session, (string?)asked["image_id"], (string?)asked["source_style_id"], Aborted);
        FailureCode = Job.Status == "failed" && Job.Error is { } error ? (string?)JsonNode.Parse(error)!["code"] : null;
        if (Job.Result is { } result) await ReadAsync(JsonNode.Parse(result)!.AsObject());
    }

    /// <summary>Its one form cancels.</summary>
    public Task<IActionResult> OnPostAsync(string id) => TakeAsync(
        async () =>
        {
            await OnGetAsync(id);
            if (Job.IsFinal) throw new ApiException(409, "job_finished", "The job is over.");
            await canceller.CancelAsync(Session, Job.JobId, Aborted);
            return Address(Job.JobId);
        },
        async () =>
        {
            await OnGetAsync(id);
            return Page();
        });

    private Dictionary<string, string> Fields(JsonObject asked)
    {
        var fields = asked.Where(member => member.Value is not null).ToDictionary(member => member.Key, member => member.Value!.ToString());
        fields["make"] = Job.Kind;
        if (fields.TryGetValue("background", out var colour)) (fields["behind"], fields["colour"]) = ("colour", colour);
        return fields;
    }

    private async Task<string?> StyleNameAsync(string? styleId) => styleId is null ? null : (await styles.FindAsync(styleId, Aborted))?.Name;

    private async Task ReadAsync(JsonObject result)
    {
        Provider = (string?)result["provider"];
        var ids = result["images"]?.AsArray().Select(image => image!["image_id"]!.GetValue<Guid>()) ?? [];
        var found = await Task.WhenAll(ids.Select(imageId => assets.FindAsync(Session, imageId, Aborted)));
        Images = [.. found.OfType<Asset>().Where(image => image.ExpiredAt is null)];
    }
}
