namespace Ivg.Hosting.Publishing;

/// <summary>Replicas follow how busy they are. Each place takes the measure that it has.</summary>
/// <param name="CpuPercent">Of the processor time that a replica asks for, on average.</param>
/// <param name="Requests">Requests at once that one replica answers.</param>
/// <param name="Reason">How <paramref name="Requests"/> comes about; written beside it.</param>
public sealed record LoadScale(int CpuPercent, int Requests, string Reason);
