package signals

func Characteristic(code int) string {
	switch code {
	case 11:
		return "Fl 5s"
	case 12:
		return "Fl(2) 10s"
	case 17:
		return "Iso 4s"
	case 23:
		return "Oc 6s"
	case 29:
		return "Q(9) 15s"
	case 31:
		return "VQ(6)+LFl 10s"
	case 37:
		return "Mo(A) 8s"
	default:
		return "F"
	}
}

var ranges = map[int]float64{11: 4.5, 12: 7.25, 17: 9.75, 23: 12.5, 29: 14.25}

func Range(code int) (float64, bool) {
	miles, ok := ranges[code]
	return miles, ok
}
