using System.Collections;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Ivg.ServiceDefaults.Correlation;

/// <summary>What is known of a request so far, on every log line and span of it from then on: the caller and the job are found out on the way.</summary>
public sealed class RequestScope : IReadOnlyList<KeyValuePair<string, object?>>
{
    private readonly Activity? _activity = Activity.Current;

    // Replaced, never changed: lines are written from other threads meanwhile.
    private KeyValuePair<string, object?>[] _known = [];

    /// <inheritdoc/>
    public int Count => _known.Length;

    /// <inheritdoc/>
    public KeyValuePair<string, object?> this[int index] => _known[index];

    /// <summary>The request's scope.</summary>
    public static RequestScope Of(HttpContext context) => context.Features.GetRequiredFeature<RequestScope>();

    /// <summary>Adds what was found out.</summary>
    /// <param name="name">One of <see cref="CorrelationNames"/>.</param>
    /// <param name="value">The id.</param>
    public void Add(string name, string value)
    {
        _known = [.. _known.Where(one => one.Key != name), new(name, value)];
        // Baggage goes on to spans that begin later.
        _activity?.SetTag(name, value).SetBaggage(name, value);
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _known.AsEnumerable().GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => string.Join(' ', _known.Select(one => $"{one.Key}:{one.Value}"));

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
