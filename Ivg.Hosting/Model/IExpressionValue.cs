namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value when running, an expression when publishing.</summary>
public interface IExpressionValue : IValueProvider, IManifestExpressionProvider;
