namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a parameter is when nobody gave it a value.</summary>
public abstract class ParameterDefault
{
    public abstract string GetDefaultValue();
}
