namespace Ivg.Hosting.Telemetry;

/// <summary>A queue that can be read by index, 0 is the oldest. Not for several threads.</summary>
internal sealed class Ring<T>
{
    private T[] _items = new T[16];
    private int _first;

    public int Count { get; private set; }

    public T this[int index] => _items[(_first + index) & (_items.Length - 1)];

    public void Add(T item)
    {
        if (Count == _items.Length)
            Grow();
        _items[(_first + Count++) & (_items.Length - 1)] = item;
    }

    public T RemoveOldest()
    {
        var oldest = _items[_first];
        _items[_first] = default!;
        _first = (_first + 1) & (_items.Length - 1);
        Count--;
        return oldest;
    }

    public void Clear() => (_items, _first, Count) = (new T[16], 0, 0);

    private void Grow()
    {
        var grown = new T[_items.Length * 2];
        for (var i = 0; i < Count; i++)
            grown[i] = this[i];
        (_items, _first) = (grown, 0);
    }
}
