using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Ivg.ServiceDefaults.Settings;

/// <summary>What is wrong with the settings, collected while a service is put together, so that its start names all of it at once.</summary>
internal sealed class SettingsFaults : IStartupValidator
{
    private readonly List<string> _faults = [];
    private IStartupValidator? _options;

    /// <summary>The service's faults; the first call makes them part of its start.</summary>
    public static SettingsFaults Of(IHostApplicationBuilder builder)
    {
        if (builder.Services.FirstOrDefault(service => service.ImplementationInstance is SettingsFaults)?.ImplementationInstance is SettingsFaults known) return known;
        var faults = new SettingsFaults();
        builder.Services.AddSingleton(faults);
        // Options' own checks register one validator, which the host asks as it starts; this one asks it in turn.
        builder.Services.AddOptions<HostOptions>().ValidateOnStart();
        var inner = builder.Services.Last(service => service.ServiceType == typeof(IStartupValidator));
        builder.Services.AddSingleton<IStartupValidator>(provider =>
        {
            faults._options = (IStartupValidator)ActivatorUtilities.CreateInstance(provider, inner.ImplementationType!);
            return faults;
        });
        return faults;
    }

    /// <summary>Adds a fault; it must not repeat the value, which may be a secret.</summary>
    public void Add(string fault) => _faults.Add(fault);

    /// <exception cref="InvalidOperationException">Names every fault.</exception>
    public void Validate()
    {
        var faults = new List<string>(_faults);
        try
        {
            _options?.Validate();
        }
        catch (OptionsValidationException e)
        {
            faults.AddRange(e.Failures);
        }
        catch (AggregateException e) when (e.InnerExceptions.All(one => one is OptionsValidationException))
        {
            faults.AddRange(e.InnerExceptions.Cast<OptionsValidationException>().SelectMany(one => one.Failures));
        }
        if (faults.Count > 0) throw new InvalidOperationException("The settings are not right.\n" + string.Join('\n', faults.Distinct()));
    }
}
