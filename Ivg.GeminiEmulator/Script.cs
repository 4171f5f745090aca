namespace Ivg.GeminiEmulator;

/// <summary>The queue of scripted answers; the first step that fits a request is used up by it.</summary>
public sealed class Script
{
    private readonly Lock _gate = new();
    private readonly List<(ScriptStep Step, int Left)> _steps = [];

    /// <summary>Adds a step behind those that wait.</summary>
    /// <exception cref="ArgumentException">There is no such behaviour.</exception>
    public void Add(ScriptStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        if (!Behaviours.All.Contains(step.Behaviour))
            throw new ArgumentException($"No behaviour '{step.Behaviour}'. There are: {string.Join(", ", Behaviours.All.Order())}.", nameof(step));
        lock (_gate) _steps.Add((step, step.Times));
    }

    /// <summary>Drops what has not been used.</summary>
    public void Clear()
    {
        lock (_gate) _steps.Clear();
    }

    internal ScriptStep? Take(string model, string? requestId)
    {
        lock (_gate)
        {
            var index = _steps.FindIndex(entry => (entry.Step.Model is null || entry.Step.Model == model)
                && (entry.Step.RequestId is null || requestId?.Contains(entry.Step.RequestId, StringComparison.Ordinal) == true));
            if (index < 0) return null;
            var (step, left) = _steps[index];
            if (left > 1) _steps[index] = (step, left - 1);
            else _steps.RemoveAt(index);
            return step;
        }
    }
}
