#:package NetVips
#:package NetVips.Native
#:property PublishAot=false
System.Console.WriteLine(NetVips.ModuleInitializer.Version);
foreach (var a in args) { using var i = NetVips.Image.Svgload(a); System.Console.WriteLine($"{i.Width}x{i.Height}x{i.Bands}"); i.Pngsave(System.IO.Path.ChangeExtension(a,".png")); }
