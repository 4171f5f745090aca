using System.Text.Json.Nodes;

namespace Ivg.Core.Jobs;

/// <summary>Writes the <c>result</c> member of a succeeded job.</summary>
internal static class JobResults
{
    /// <param name="job">As it was claimed.</param>
    /// <param name="output">What its handler made, with the times of its own steps.</param>
    /// <param name="ids">Of the images, in their order.</param>
    /// <param name="saved">What hashing the images and waiting for the transaction took; the writing itself is over only when the result is written.</param>
    /// <param name="now">When the transaction begins.</param>
    public static JsonObject Describe(Job job, JobOutput output, IReadOnlyList<Guid> ids, TimeSpan saved, DateTimeOffset now)
    {
        var images = output.Images.Select((image, index) => Image(image, ids[index])).ToList();
        var result = images.Count > 0 ? images[0].DeepClone().AsObject() : [];
        result["images"] = new JsonArray([.. images]);
        result["provider"] = output.Provider;
        result["model"] = output.Model;
        var timings = new JsonObject { ["queued"] = Milliseconds((job.StartedAt ?? now) - job.CreatedAt) };
        foreach (var (name, value) in output.Details ?? [])
        {
            if (name != "timings_ms") result[name] = value?.DeepClone();
            else foreach (var (step, duration) in value!.AsObject()) timings[step] = duration?.DeepClone();
        }
        timings["saved"] = Milliseconds(saved);
        timings["total"] = Milliseconds(now - job.CreatedAt);
        result["timings_ms"] = timings;
        return result;
    }

    private static JsonObject Image(ProducedImage image, Guid id) => new()
    {
        ["image_id"] = id,
        ["url"] = $"/api/images/{id}",
        ["width"] = image.Width,
        ["height"] = image.Height,
        ["mime_type"] = image.MediaType,
        ["bytes"] = image.Bytes.Length,
    };

    private static long Milliseconds(TimeSpan span) => Math.Max(0, (long)span.TotalMilliseconds);
}
