namespace Ivg.Hosting.Publishing.Model;

/// <summary>A piece of a variable's value, as far as it is known before there is a place to run in.</summary>
internal abstract record ValuePart
{
    /// <summary>The same everywhere.</summary>
    public sealed record Text(string Value) : ValuePart;

    /// <summary>Known to the operator alone.</summary>
    public sealed record Secret(string Key) : ValuePart;

    /// <summary>The host name of a resource; its ports are the same in every place that gives each container an address.</summary>
    public sealed record Host(string Resource) : ValuePart;
}
