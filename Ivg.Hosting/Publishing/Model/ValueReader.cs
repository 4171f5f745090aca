using System.Globalization;
using System.Text;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Ivg.Hosting.Publishing.Model;

/// <summary>Takes values of the model apart into text, secrets and hosts.</summary>
internal sealed class ValueReader(DistributedApplicationModel model, ServerReader servers, SecretList secrets)
{
    public DeployedVariable Variable(IResource owner, string name, object value)
    {
        var resource = value is IResourceBuilder<IResource> builder ? builder.Resource : value as IResource;
        var connection = resource is null ? null : servers.Connection(resource);
        return new DeployedVariable(name, Merge(Parts(owner, value)), connection);
    }

    public string Argument(IResource owner, object value) => Merge(Parts(owner, value)) switch
    {
        [] => "",
        [ValuePart.Text text] => text.Value,
        _ => throw new DistributedApplicationException($"An argument of '{owner.Name}' holds a secret or a host name. Pass it by WithEnvironment: process lists show arguments."),
    };

    private IEnumerable<ValuePart> Parts(IResource owner, object value) => value switch
    {
        string text => [new ValuePart.Text(text)],
        IResourceBuilder<IResource> builder => Parts(owner, builder.Resource),
        ParameterResource { Secret: true } secret => [new ValuePart.Secret(secrets.Add(secret))],
        ParameterResource parameter => [new ValuePart.Text(SecretList.PlainValue(parameter))],
        EndpointReference endpoint => Url(owner, endpoint),
        EndpointReferenceExpression part => Part(owner, part),
        IResourceWithConnectionString connection => Connection(owner, connection),
        ReferenceExpression expression => Expression(owner, expression),
        IFormattable plain => [new ValuePart.Text(plain.ToString(null, CultureInfo.InvariantCulture))],
        bool flag => [new ValuePart.Text(flag ? "true" : "false")],
        _ => throw new DistributedApplicationException($"A variable of '{owner.Name}' is a {value.GetType().Name}, which is known only while running. Set it only when context.ExecutionContext.IsRunMode."),
    };

    private IEnumerable<ValuePart> Connection(IResource owner, IResourceWithConnectionString connection)
    {
        Require(owner, connection);
        // A string that comes from the configuration is a secret as a whole.
        return connection is not ConnectionStringResource && (servers.IsGiven(connection) || servers.Connection(connection) is { Server: null })
            ? [new ValuePart.Secret(secrets.Add($"ConnectionStrings__{connection.Name}", $"How to reach '{connection.Name}'."))]
            : Expression(owner, connection.ConnectionStringExpression);
    }

    private IEnumerable<ValuePart> Expression(IResource owner, ReferenceExpression expression)
    {
        var format = CompositeFormat.Parse(expression.Format);
        // Each place becomes a mark that no text has; then the text between marks is unescaped already.
        var marked = string.Format(CultureInfo.InvariantCulture, format, [.. Enumerable.Range(0, expression.ValueProviders.Count).Select(i => $"\u0001{i}\u0002")]);
        foreach (var piece in marked.Split('\u0001'))
        {
            if (piece.IndexOf('\u0002', StringComparison.Ordinal) is var end and >= 0)
            {
                foreach (var part in Parts(owner, expression.ValueProviders[int.Parse(piece[..end], CultureInfo.InvariantCulture)]))
                    yield return part;
                yield return new ValuePart.Text(piece[(end + 1)..]);
            }
            else
            {
                yield return new ValuePart.Text(piece);
            }
        }
    }

    private IEnumerable<ValuePart> Url(IResource owner, EndpointReference endpoint)
        => [new ValuePart.Text($"{Find(owner, endpoint).UriScheme}://"), .. HostAndPort(owner, endpoint)];

    private IEnumerable<ValuePart> Part(IResource owner, EndpointReferenceExpression part) => part.Property switch
    {
        EndpointProperty.Host or EndpointProperty.IPV4Host => [HostOf(owner, part.Endpoint)],
        EndpointProperty.Port or EndpointProperty.TargetPort => [PortOf(owner, part.Endpoint)],
        EndpointProperty.Scheme => [new ValuePart.Text(Find(owner, part.Endpoint).UriScheme)],
        EndpointProperty.HostAndPort => HostAndPort(owner, part.Endpoint),
        _ => Url(owner, part.Endpoint),
    };

    private IEnumerable<ValuePart> HostAndPort(IResource owner, EndpointReference endpoint)
        => [HostOf(owner, endpoint), new ValuePart.Text(":"), PortOf(owner, endpoint)];

    private ValuePart.Host HostOf(IResource owner, EndpointReference endpoint)
    {
        Find(owner, endpoint);
        return new ValuePart.Host(endpoint.Resource.Name);
    }

    private ValuePart.Text PortOf(IResource owner, EndpointReference endpoint)
    {
        var port = endpoint.Resource is ProjectResource project
            ? ContainerPorts.Of(project).Single(p => p.Name == Find(owner, endpoint).Name).Port
            : ServerReader.PortOf(endpoint.Resource);
        return new ValuePart.Text(port.ToString(CultureInfo.InvariantCulture));
    }

    private EndpointAnnotation Find(IResource owner, EndpointReference endpoint)
    {
        Require(owner, endpoint.Resource);
        return endpoint.Exists ? endpoint.EndpointAnnotation
            : throw new DistributedApplicationException($"'{owner.Name}' refers to the endpoint '{endpoint.EndpointName}' of '{endpoint.Resource.Name}', which has none of that name. Add it, or correct the name.");
    }

    private void Require(IResource owner, IResource needed)
    {
        if (!model.Resources.Contains(needed))
            throw new DistributedApplicationException($"'{owner.Name}' refers to '{needed.Name}', which is not in the model. Add it to the builder, or remove the reference.");
    }

    private static List<ValuePart> Merge(IEnumerable<ValuePart> parts)
    {
        var merged = new List<ValuePart>();
        foreach (var part in parts)
            if (part is ValuePart.Text text && merged.LastOrDefault() is ValuePart.Text before)
                merged[^1] = new ValuePart.Text(before.Value + text.Value);
            else
                merged.Add(part);
        return [.. merged.Where(part => part is not ValuePart.Text { Value: "" })];
    }
}
