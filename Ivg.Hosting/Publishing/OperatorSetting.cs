namespace Ivg.Hosting.Publishing;

/// <summary>A setting that only whoever runs the deployment can choose. It stands where settings are, with a value to start from.</summary>
/// <param name="Name">Of the variable.</param>
/// <param name="Value">Until somebody decides; never a secret.</param>
/// <param name="Comment">What there is to decide; written above it.</param>
public sealed record OperatorSetting(string Name, string Value, string Comment);
