namespace Ivg.Tests.Faults;

/// <summary>Undoes a fault when its block ends, whatever happened in it.</summary>
internal sealed class Afterwards(Func<Task> undo) : IAsyncDisposable
{
    public async ValueTask DisposeAsync() => await undo();
}
