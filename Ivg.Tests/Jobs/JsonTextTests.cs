using Ivg.Core.Jobs;

namespace Ivg.Tests.Jobs;

/// <summary>What Postgres would refuse.</summary>
public sealed class JsonTextTests
{
    [Theory]
    [InlineData("""{"a":"x\u0000y"}""", """{"a":"xy"}""")]
    [InlineData("""{"a":"\\\u0000"}""", """{"a":"\\"}""")]
    [InlineData("""{"a":"\\u0000"}""", """{"a":"\\u0000"}""")]
    [InlineData("""{"a":"\u0000\u0000"}""", """{"a":""}""")]
    [InlineData("""{"a":"plain"}""", """{"a":"plain"}""")]
    public void WithoutNul_Escapes_GoAndTheirLooksStay(string json, string expected) => Assert.Equal(expected, JsonText.WithoutNul(json));
}
