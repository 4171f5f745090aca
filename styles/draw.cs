#:package NetVips
#:package NetVips.Native
#:property PublishAot=false

// Draws styles/<slug>/reference.png from the reference.svg beside it: all of them, or only the slugs named.
//   dotnet run styles/draw.cs [slug ...]
using System.Runtime.CompilerServices;
using NetVips;

var folders = args.Length > 0
    ? args.Select(slug => Path.Combine(Home(), slug))
    : Directory.EnumerateDirectories(Home()).Order(StringComparer.Ordinal);

foreach (var folder in folders)
{
    var target = Path.Combine(folder, "reference.png");
    using var drawing = Image.Svgload(Path.Combine(folder, "reference.svg"));
    using var opaque = drawing.Flatten(background: [255, 255, 255]);
    if (opaque is not { Width: 1024, Height: 1024 })
        throw new InvalidDataException($"{folder}: a reference is 1024 x 1024, this one {opaque.Width} x {opaque.Height}.");

    // Grain makes true colour weigh 2 MB; 256 dithered colours cannot be told from it by eye.
    opaque.Pngsave(target, compression: 9, palette: true, q: 100, dither: 1, effort: 2, keep: Enums.ForeignKeep.None);
    Console.WriteLine($"{Path.GetFileName(folder)}: {new FileInfo(target).Length / 1024} KB");
}

static string Home([CallerFilePath] string self = "") => Path.GetDirectoryName(self)!;
