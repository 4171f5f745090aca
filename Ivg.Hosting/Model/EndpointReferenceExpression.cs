namespace Aspire.Hosting.ApplicationModel;

/// <summary>One part of an endpoint.</summary>
public class EndpointReferenceExpression(EndpointReference endpointReference, EndpointProperty property) : IExpressionValue
{
    public EndpointReference Endpoint { get; } = endpointReference;

    public EndpointProperty Property { get; } = property;

    public string ValueExpression => Property switch
    {
        EndpointProperty.IPV4Host => "127.0.0.1",
        _ => $"{{{Endpoint.Resource.Name}.bindings.{Endpoint.EndpointName}.{char.ToLowerInvariant(Property.ToString()[0])}{Property.ToString()[1..]}}}",
    };

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default)
        => ValueTask.FromResult<string?>(Endpoint.ValueOf(Property));
}
