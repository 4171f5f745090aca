namespace Ivg.Hosting.Publishing.Model;

/// <summary>Something only the operator knows. Its value is read nowhere and written nowhere.</summary>
/// <param name="Key">A name that environment files take.</param>
internal sealed record DeployedSecret(string Key, string Description, bool Optional);
