namespace Ivg.Hosting.Publishing.Model;

internal enum ServerKind
{
    Postgres,
    Redis,
}
