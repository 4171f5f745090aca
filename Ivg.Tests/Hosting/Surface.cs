using System.Reflection;

namespace Ivg.Tests.Hosting;

/// <summary>Methods as one line of text each, by the names that a caller's source depends on.</summary>
internal static class Surface
{
    /// <summary>Every public extension method of the assembly's namespaces that begin with Aspire.</summary>
    public static IEnumerable<string> ExtensionsOf(Assembly assembly) => assembly.GetExportedTypes()
        .Where(type => type.Namespace?.StartsWith("Aspire.", StringComparison.Ordinal) == true && type is { IsAbstract: true, IsSealed: true })
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
        .Where(method => !method.IsSpecialName)
        .Select(Line).Order(StringComparer.Ordinal);

    private static string Line(MethodInfo method)
        => $"{method.DeclaringType!.Name}: {Name(method.ReturnType)} {method.Name}{Generics(method)}({string.Join(", ", method.GetParameters().Select(Parameter))})";

    private static string Generics(MethodInfo method) => !method.IsGenericMethod ? "" : $"<{string.Join(", ", method.GetGenericArguments().Select(Constrained))}>";

    private static string Constrained(Type argument)
    {
        var bounds = argument.GetGenericParameterConstraints().Select(Name).Order(StringComparer.Ordinal).ToList();
        return bounds.Count == 0 ? argument.Name : $"{argument.Name} : {string.Join(" & ", bounds)}";
    }

    private static string Parameter(ParameterInfo parameter)
    {
        var more = parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "";
        return $"{more}{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? $" = {parameter.RawDefaultValue ?? "null"}" : "")}";
    }

    private static string Name(Type type) => type switch
    {
        { IsByRef: true } => $"in {Name(type.GetElementType()!)}",
        { IsArray: true } => $"{Name(type.GetElementType()!)}[]",
        { IsGenericType: true } when Nullable.GetUnderlyingType(type) is { } value => $"{Name(value)}?",
        { IsGenericType: true } => $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>",
        _ => type.Name,
    };
}
