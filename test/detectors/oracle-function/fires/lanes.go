package lanes

import "sort"

type Boat struct {
	ID     int
	Length int
	Since  int64
}

func Assign(boats []Boat, lanes int) map[int]int { // want "`Assign` is hard to explain"
	out := map[int]int{}
	sort.Slice(boats, func(i, j int) bool { return boats[i].Since < boats[j].Since })
	for _, b := range boats { // want-step "sorted sequence"
		h := (b.ID*2654435761 ^ b.Length<<7) >> 11 // want-step "works on single bits"
		l := h % lanes // want-step "remainder of a division by `lanes`"
		for try := 0; try < 3; try++ {
			if _, taken := out[l]; taken && b.Length > 14 {
				l = (l + 5) % lanes
				continue
			}
			if b.Since%86400 > 43200 {
				break // want-step "leaves the inner of 2 loops early"
			}
		}
		out[l] = b.ID // want-step "depends on the order"
	}
	return out
}
