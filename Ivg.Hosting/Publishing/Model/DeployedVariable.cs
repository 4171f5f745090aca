namespace Ivg.Hosting.Publishing.Model;

/// <summary>An environment variable.</summary>
/// <param name="Connection">The connection string it carries, where it carries one whole.</param>
internal sealed record DeployedVariable(string Name, IReadOnlyList<ValuePart> Parts, DeployedConnection? Connection = null)
{
    public IEnumerable<string> SecretKeys => Parts.OfType<ValuePart.Secret>().Select(secret => secret.Key);

    /// <summary>The value where it holds no secret, or with each as <paramref name="secret"/> writes it.</summary>
    public string Render(Func<string, string> secret, Func<string, string>? text = null) => string.Concat(Parts.Select(part => part switch
    {
        ValuePart.Text literal => text?.Invoke(literal.Value) ?? literal.Value,
        ValuePart.Host host => host.Resource,
        ValuePart.Secret key => secret(key.Key),
        _ => "",
    }));
}
