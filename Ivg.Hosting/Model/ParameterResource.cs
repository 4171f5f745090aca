namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value from outside the model, <c>Parameters:name</c> in the configuration.</summary>
public class ParameterResource : Resource, IExpressionValue
{
    private readonly Func<ParameterDefault?, string?> _value;

    public ParameterResource(string name, Func<ParameterDefault?, string> callback, bool secret = false)
        : this(name, secret, d => callback(d))
    {
    }

    internal ParameterResource(string name, bool secret, Func<ParameterDefault?, string?> value)
        : base(name)
    {
        _value = value;
        Secret = secret;
    }

    /// <summary>Whether it is masked wherever it would be shown.</summary>
    public bool Secret { get; }

    public ParameterDefault? Default { get; set; }

    /// <summary>What it is for; written beside its place in manifests.</summary>
    public string? Description { get; set; }

    /// <summary>The variable that sets it: a shell takes no dash in a name.</summary>
    internal string Variable => $"Parameters__{Name.Replace('-', '_')}";

    public string ValueExpression => $"{{{Name}.value}}";

    /// <summary>What the configuration or the model says it is, for a parameter that is no secret.</summary>
    internal string? PlainValue => Secret ? null : _value(Default);

    /// <summary>Set by the host for passwords it makes up and keeps.</summary>
    internal string? Generated { get; set; }

    /// <summary>Null where nobody gave a value; a variable set from it is then left out.</summary>
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken)
        => ValueTask.FromResult(_value(Default) is { Length: > 0 } value ? value : Generated);
}
