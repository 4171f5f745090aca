using Aspire.Hosting.ApplicationModel;

namespace Ivg.Hosting.Publishing;

/// <summary>A deployment may leave the parameter empty.</summary>
internal sealed class OptionalParameterAnnotation : IResourceAnnotation;
