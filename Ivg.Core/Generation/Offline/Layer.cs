namespace Ivg.Core.Generation.Offline;

/// <summary>Paint on its way to the paper: its colours and how much of the paper they cover, 0 to 1.</summary>
internal sealed record Layer(LabPicture Colours, float[] Coverage)
{
    /// <summary>Lays the paint on a picture, in place.</summary>
    public void LayOn(LabPicture paper)
    {
        for (var i = 0; i < paper.Count; i++)
        {
            var cover = Math.Clamp(Coverage[i], 0f, 1f);
            if (cover > 0) paper[i] = Lab.Mix(paper[i], Colours[i], cover);
        }
    }
}
