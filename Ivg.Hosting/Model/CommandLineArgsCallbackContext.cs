namespace Aspire.Hosting.ApplicationModel;

/// <summary>The arguments of a process that is about to start.</summary>
public sealed class CommandLineArgsCallbackContext(IList<object> args, CancellationToken cancellationToken = default)
{
    /// <summary>Strings, or <see cref="IValueProvider"/>s resolved before the process starts.</summary>
    public IList<object> Args { get; } = args;

    public CancellationToken CancellationToken { get; } = cancellationToken;
}
