#:package NetVips
#:package NetVips.Native
#:property PublishAot=false

// Draws samples/<name>.jpg from the <name>.svg beside it: all of them, or only the names given.
//   dotnet run samples/draw.cs [name ...]
using System.Runtime.CompilerServices;
using NetVips;

var drawings = args.Length > 0
    ? args.Select(name => Path.Combine(Home(), name + ".svg"))
    : Directory.EnumerateFiles(Home(), "*.svg").Order(StringComparer.Ordinal);

foreach (var drawing in drawings)
{
    var target = Path.ChangeExtension(drawing, ".jpg");
    using var picture = Image.Svgload(drawing);
    using var opaque = picture.Flatten(background: [255, 255, 255]);
    opaque.Jpegsave(target, q: 86, optimizeCoding: true, interlace: true, keep: Enums.ForeignKeep.None);
    Console.WriteLine($"{Path.GetFileName(target)}: {opaque.Width} x {opaque.Height}, {new FileInfo(target).Length / 1024} KB");
}

static string Home([CallerFilePath] string self = "") => Path.GetDirectoryName(self)!;
