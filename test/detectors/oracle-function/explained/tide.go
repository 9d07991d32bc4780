package tide

// Height interpolates between two turns of the tide with the rule of twelfths that harbour masters use: the water
// moves one, two, three, three, two and one twelfths of the range in the six hours between low and high water. The
// result is good to a decimetre on open coasts and wrong in estuaries, where the curve is skewed.
func Height(low, high, hours float64) float64 {
	const twelfth = 1.0 / 12
	steps := []float64{1, 2, 3, 3, 2, 1}
	height := low
	for i, step := range steps {
		if hours <= float64(i) {
			break
		}
		height += step * twelfth * (high - low) * min(1, hours-float64(i))
	}
	return height
}
