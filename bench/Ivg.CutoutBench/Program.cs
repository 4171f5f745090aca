using Ivg.CutoutBench;

const string Usage = """
    usage:
      Ivg.CutoutBench compose STAMPS FOLDER [COUNT]  composites with known alpha, from the unpacked tuxpaint-stamps-default
      Ivg.CutoutBench infer FOLDER WEIGHTS PART      the network's maps (isnet-fp16.onnx) of the part's composites, kept in the folder
      Ivg.CutoutBench score FOLDER PART [MOST]       the table over the part's composites (tune or report); imgly's cutouts lie under FOLDER/imgly
      Ivg.CutoutBench sheet FOLDER PART FILE         the ten best and the ten worst of a part that was scored, as a .png or .webp
      Ivg.CutoutBench cost PICTURE COUNT CALLERS     COUNT removals by so many callers at once: the bare run beside the whole, and memory (BG_MODEL)
    """;
switch (args)
{
    case ["compose", var stamps, var folder, .. var rest]:
        CompositeMaker.Make(stamps, folder, rest is [var count] ? int.Parse(count, provider: null) : 240);
        break;
    case ["infer", var folder, var weights, var part]:
        Maps.Infer(folder, weights, part);
        break;
    case ["score", var folder, var part, .. var rest]:
        Evaluation.Run(folder, part, rest is [var most] ? int.Parse(most, provider: null) : int.MaxValue);
        break;
    case ["sheet", var folder, var part, var path]:
        ContactSheet.Draw(folder, part, path);
        break;
    case ["cost", var source, var times, var callers]:
        await Cost.RunAsync(source, int.Parse(times, provider: null), int.Parse(callers, provider: null));
        break;
    default:
        throw new ArgumentException(Usage);
}
