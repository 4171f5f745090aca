namespace Ivg.Core.BackgroundRemoval;

/// <summary>How pixels become a network's input: stretched to a square, then <c>(value / Divide - Mean) / Std</c> a channel, planes R, G, B.</summary>
/// <param name="Side">Side of the square in pixels; the output map has the same.</param>
/// <param name="Mean">Subtracted, one for each of R, G, B.</param>
/// <param name="Std">Divided by, one for each of R, G, B.</param>
/// <param name="Divide">What an 8-bit value is divided by first.</param>
public sealed record TensorRecipe(int Side, float[] Mean, float[] Std, float Divide = 255);
