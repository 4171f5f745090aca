using Ivg.Core.History;
using Ivg.Core.Images;
using Ivg.Core.Jobs;
using Ivg.Core.Styles;
using Microsoft.Extensions.Options;

namespace Ivg.Api.Pages;

/// <summary>The workshop: the form, what is in the making, and the newest pictures. A form that was refused is shown here again.</summary>
internal sealed class IndexModel(
    StyleStore styles, HistoryStore history, JobQueries jobs, AssetStore assets, IOptions<ImageLimits> limits, TimeProvider time) : WebPage
{
    // What an address may fill in, so that a picture and its settings can be taken up again by a link.
    private static readonly string[] Linked = ["image_id", "source_style_id", "style_id", "prompt", "count", "aspect_ratio", "seed", "fast", "kind"];

    private IReadOnlyDictionary<string, string> _fields = new Dictionary<string, string>();

    /// <summary>Largest picture that can be sent, in bytes.</summary>
    public long MaxUploadBytes => limits.Value.MaxUploadBytes;

    /// <summary>The same in whole mebibytes, for people.</summary>
    public long MaxUploadMegabytes => MaxUploadBytes / (1024 * 1024);

    public IReadOnlyList<Style> Styles { get; private set; } = [];

    public IReadOnlyList<Job> UnderWay { get; private set; } = [];

    public Gallery Gallery { get; private set; } = null!;

    /// <summary>A picture that is here already and to be worked on.</summary>
    public KeptSource? Source { get; private set; }

    /// <summary>What a field of the form is to hold.</summary>
    public string Of(string field, string otherwise = "") => _fields.GetValueOrDefault(field, otherwise);

    public async Task OnGetAsync()
    {
        _fields = Refusal?.Fields ?? Linked.Where(name => Request.Query[name] is [{ Length: > 0 }]).ToDictionary(name => name, name => Request.Query[name].ToString());
        Styles = await styles.ListAsync(Aborted);
        UnderWay = [.. (await jobs.ListAsync(Session, null, null, null, 20, Aborted)).Where(job => !job.IsFinal)];
        Gallery = new(await history.ListAsync(Session, HistoryFilter.None, null, Gallery.PageSize, Aborted), HistoryFilter.None, time.GetUtcNow());
        Source = await KeptSource.FindAsync(assets, styles, Session, Of("image_id"), Of("source_style_id"), Aborted);
    }
}
