using System.Data;
using Dapper;

namespace Ivg.Core.Data;

/// <summary>How rows become records: snake_case columns, timestamps in UTC.</summary>
internal static class DapperConventions
{
    /// <summary>Once a process; again does no harm.</summary>
    public static void Apply()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.AddTypeHandler(new UtcHandler());
    }

    private sealed class UtcHandler : SqlMapper.TypeHandler<DateTimeOffset>
    {
        public override DateTimeOffset Parse(object value) => new((DateTime)value, TimeSpan.Zero);

        public override void SetValue(IDbDataParameter parameter, DateTimeOffset value) => parameter.Value = value.UtcDateTime;
    }
}
