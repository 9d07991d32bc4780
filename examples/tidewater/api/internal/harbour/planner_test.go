package harbour

import (
	"testing"
	"time"
)

var noon = time.Date(2025, 6, 14, 12, 0, 0, 0, time.UTC)

func TestArrangeGivesTheTightestSlip(t *testing.T) {
	asks := []Ask{{CallSign: "MKLT4", Arrives: noon, Nights: 2, LengthCM: 960, DraughtCM: 160, Pontoon: 1}}
	slips := []Slip{
		{ID: "A1", Pontoon: 1, LengthCM: 1500, DepthCM: 300},
		{ID: "A2", Pontoon: 1, LengthCM: 1200, DepthCM: 300},
		{ID: "A3", Pontoon: 1, LengthCM: 1000, DepthCM: 300},
	}
	offers := NewPlanner().Arrange(asks, slips)
	if len(offers) != 1 || offers[0].Slip != "A2" {
		t.Fatalf("offers = %+v, want slip A2", offers)
	}
}

func TestArrangeKeepsWaterUnderTheKeel(t *testing.T) {
	asks := []Ask{{CallSign: "MKLT4", Arrives: noon, LengthCM: 960, DraughtCM: 200}}
	slips := []Slip{{ID: "A1", LengthCM: 1200, DepthCM: 230}}
	if offers := NewPlanner().Arrange(asks, slips); len(offers) != 0 {
		t.Fatalf("offers = %+v, want none", offers)
	}
}

func TestArrangeNeverDoubleBooksANight(t *testing.T) {
	asks := []Ask{
		{CallSign: "MKLT4", Arrives: noon, Nights: 2, LengthCM: 960, DraughtCM: 160},
		{CallSign: "2FGH7", Arrives: noon.AddDate(0, 0, 1), Nights: 1, LengthCM: 900, DraughtCM: 150},
		{CallSign: "PD3311", Arrives: noon.AddDate(0, 0, 2), Nights: 1, LengthCM: 900, DraughtCM: 150},
	}
	slips := []Slip{{ID: "B1", LengthCM: 1200, DepthCM: 300}}
	offers := NewPlanner().Arrange(asks, slips)
	if len(offers) != 2 || offers[0].CallSign != "MKLT4" || offers[1].CallSign != "PD3311" {
		t.Fatalf("offers = %+v", offers)
	}
}

func TestArrangeServesDeepVesselsFirst(t *testing.T) {
	asks := []Ask{
		{CallSign: "SHALLOW", Arrives: noon, LengthCM: 900, DraughtCM: 90},
		{CallSign: "DEEP", Arrives: noon, LengthCM: 900, DraughtCM: 210},
	}
	slips := []Slip{{ID: "B1", LengthCM: 1200, DepthCM: 300}}
	offers := NewPlanner().Arrange(asks, slips)
	if len(offers) != 1 || offers[0].CallSign != "DEEP" {
		t.Fatalf("offers = %+v", offers)
	}
}

func TestHold(t *testing.T) {
	p := NewPlanner()
	if err := p.Hold("A1", time.Now().Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	p.Release("A1")
	if err := p.Hold("A1", time.Now().Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
}

func TestLightCharacter(t *testing.T) {
	for code, want := range map[string]string{
		"Fl": "flashing", "Iso": "isophase", "Q(9)": "quick, nine: west cardinal", "Zz": "unknown light Zz",
	} {
		if got := LightCharacter(code); got != want {
			t.Errorf("LightCharacter(%q) = %q, want %q", code, got, want)
		}
	}
}
