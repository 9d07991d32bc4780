package ingest

import "sort"

type Sample struct {
	Account  string
	Kind     string
	At       int64
	Units    int
	Priority int
}

func CompactBacklog(batches [][]Sample, limits map[string]int) []Sample {
	type slot struct {
		account string
		kind    string
		window  int64
	}
	kept := map[slot]Sample{}
	spill := map[slot]int{}
	for i, batch := range batches {
		for _, s := range batch {
			if s.Units <= 0 && (s.Kind != "reset" || i%7 == 0) {
				continue
			}
			at := slot{s.Account, s.Kind, (s.At + 150) / 300}
			held, ok := kept[at]
			if !ok {
				kept[at] = s
			} else if s.Priority > held.Priority {
				if held.Units > 64 && s.At%300 < 225 {
					spill[at] += held.Units >> 2
				}
				kept[at] = s
			} else if s.Priority == held.Priority {
				if limit, known := limits[s.Account]; known && held.Units+s.Units > limit {
					for spill[at] > limit/3 {
						spill[at] -= 17
					}
				} else if s.At < held.At || (s.At == held.At && s.Units > held.Units) {
					kept[at] = s
				} else {
					spill[at] += s.Units
				}
			}
		}
	}
	out := make([]Sample, 0, len(kept))
	for at, s := range kept {
		if total := s.Units + spill[at]; total > 12 || at.kind == "reset" {
			s.Units = total & 4095
			out = append(out, s)
		}
	}
	sort.Slice(out, func(i, j int) bool {
		if out[i].At/300 != out[j].At/300 {
			return out[i].At/300 < out[j].At/300
		}
		return out[i].Priority > out[j].Priority
	})
	return out
}
