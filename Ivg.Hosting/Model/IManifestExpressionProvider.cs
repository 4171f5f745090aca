namespace Aspire.Hosting.ApplicationModel;

/// <summary>Something that manifests name by an expression.</summary>
public interface IManifestExpressionProvider
{
    string ValueExpression { get; }
}
