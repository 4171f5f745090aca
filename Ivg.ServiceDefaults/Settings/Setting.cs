using System.Globalization;
using System.Text.RegularExpressions;

namespace Ivg.ServiceDefaults.Settings;

/// <summary>A setting that IVG reads.</summary>
/// <param name="Name">As it stands in the environment.</param>
/// <param name="Kind">What its value is.</param>
/// <param name="Default">What holds when it is not set, in words.</param>
/// <param name="Meaning">One line on what it does.</param>
public sealed partial record Setting(string Name, SettingKind Kind, string Default, string Meaning)
{
    /// <summary>The least value of a number.</summary>
    public double Least { get; init; } = double.NegativeInfinity;

    /// <summary>The largest value of a number.</summary>
    public double Most { get; init; } = double.PositiveInfinity;

    /// <summary>Names of the seed that mean the same; the first that is set wins, and the name itself over all of them.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The name as configuration knows it.</summary>
    public string Key => Name.Replace("__", ":", StringComparison.Ordinal);

    /// <summary>What is wrong with a value, without the value, which may be a secret; null when nothing is.</summary>
    public string? Fault(string value) => Kind switch
    {
        SettingKind.Flag => bool.TryParse(value, out _) ? null : $"{Name} must be true or false.",
        SettingKind.Whole => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) && whole >= Least && whole <= Most
            ? null : $"{Name} must be a whole number{Bounds}.",
        SettingKind.Number => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= Least && number <= Most
            ? null : $"{Name} must be a number{Bounds}.",
        _ => null,
    };

    /// <summary>A value as it may be shown: no secret, and of an address neither user nor query, for keys stand there.</summary>
    public string Shown(string value) => Kind == SettingKind.Secret ? "***" : KeysOfAddresses().Replace(value, "***");

    [GeneratedRegex(@"(?<=://)[^/?#\s]*(?=@)|(?<=://[^\s?]*\?)\S+")]
    private static partial Regex KeysOfAddresses();

    private string Bounds => double.IsFinite(Least) ? string.Create(CultureInfo.InvariantCulture, $" from {Least:0.###} to {Most:0.###}") : "";
}
