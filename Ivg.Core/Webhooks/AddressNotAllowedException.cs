namespace Ivg.Core.Webhooks;

/// <summary>A name resolved to nothing that may be connected to.</summary>
internal sealed class AddressNotAllowedException() : Exception("The name has no public address.");
