package harbour

// LightCharacter spells out the abbreviation a chart prints beside a light.
func LightCharacter(code string) string {
	switch code {
	case "F":
		return "fixed"
	case "Fl":
		return "flashing"
	case "LFl":
		return "long flashing"
	case "Q":
		return "quick"
	case "IQ":
		return "interrupted quick"
	case "VQ":
		return "very quick"
	case "IVQ":
		return "interrupted very quick"
	case "UQ":
		return "ultra quick"
	case "IUQ":
		return "interrupted ultra quick"
	case "Oc":
		return "occulting"
	case "Iso":
		return "isophase"
	case "Mo":
		return "Morse"
	case "FFl":
		return "fixed and flashing"
	case "Al":
		return "alternating"
	case "Fl(2)":
		return "group flashing, two"
	case "Fl(3)":
		return "group flashing, three"
	case "Fl(2+1)":
		return "composite group flashing"
	case "Q(3)":
		return "quick, three: east cardinal"
	case "Q(6)+LFl":
		return "quick, six and a long flash: south cardinal"
	case "Q(9)":
		return "quick, nine: west cardinal"
	case "Dir":
		return "directional"
	case "Ldg":
		return "leading"
	default:
		return "unknown light " + code
	}
}

// portSignal is the set of signals the harbour wall shows.
var portSignal = map[string]string{
	"RRR-flash": "Serious emergency: all vessels stop",
	"RRR":       "Vessels shall not proceed",
	"GGG":       "Vessels may proceed, one-way traffic",
	"GGW":       "Vessels may proceed, two-way traffic",
	"GWG":       "Proceed only with specific orders",
	"RRR-Y":     "Vessels shall not proceed, except outside the main channel",
	"GWG-Y":     "Proceed only with specific orders, except outside the main channel",
}
