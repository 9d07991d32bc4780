package harbour

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"tidewater.example/api/internal/store"
)

// stubDriver accepts every statement and answers every query with no rows.
type stubDriver struct{}
type stubConn struct{}
type stubRows struct{}

func (stubDriver) Open(string) (driver.Conn, error)       { return stubConn{}, nil }
func (stubConn) Prepare(string) (driver.Stmt, error)      { return nil, errors.New("not supported") }
func (stubConn) Close() error                             { return nil }
func (stubConn) Begin() (driver.Tx, error)                { return nil, errors.New("not supported") }
func (stubRows) Columns() []string                        { return nil }
func (stubRows) Close() error                             { return nil }
func (stubRows) Next([]driver.Value) error                { return io.EOF }
func (stubConn) CheckNamedValue(*driver.NamedValue) error { return nil }

func (stubConn) ExecContext(context.Context, string, []driver.NamedValue) (driver.Result, error) {
	return driver.RowsAffected(1), nil
}

func (stubConn) QueryContext(context.Context, string, []driver.NamedValue) (driver.Rows, error) {
	return stubRows{}, nil
}

func init() { sql.Register("stub", stubDriver{}) }

func newTestServer(t *testing.T) *Server {
	t.Helper()
	db, err := sql.Open("stub", "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	s := NewServer(store.New(db), log.New(io.Discard, "", 0))
	s.now = func() time.Time { return noon }
	s.installBerths([]store.Berth{
		{ID: "A1", Harbour: "polwherry", Pontoon: 1, LengthCM: 1200, DepthCM: 300, Class: "standard"},
		{ID: "A2", Harbour: "polwherry", Pontoon: 1, LengthCM: 1500, DepthCM: 350, Class: "visitor"},
	})
	s.enrol(&Vessel{CallSign: "MKLT4", Name: "Curlew"})
	s.enrol(&Vessel{CallSign: "2FGH7", Name: "Sanderling"})
	return s
}

func call(s *Server, method, path, body string) *httptest.ResponseRecorder {
	rec := httptest.NewRecorder()
	s.Routes().ServeHTTP(rec, httptest.NewRequest(method, path, strings.NewReader(body)))
	return rec
}

const stay = `{"berth_id":"A1","call_sign":"MKLT4","arrives":"2025-06-14T12:00:00Z","departs":"2025-06-16T10:00:00Z"}`

func TestCreateBookingThenConflict(t *testing.T) {
	s := newTestServer(t)
	if rec := call(s, "POST", "/v1/bookings", stay); rec.Code != http.StatusCreated {
		t.Fatalf("first booking: %d %s", rec.Code, rec.Body)
	}
	if rec := call(s, "POST", "/v1/bookings", stay); rec.Code != http.StatusConflict {
		t.Fatalf("second booking: %d, want 409", rec.Code)
	}
	backToBack := strings.NewReplacer("2025-06-14T12", "2025-06-16T10", "2025-06-16T10", "2025-06-17T10").Replace(stay)
	if rec := call(s, "POST", "/v1/bookings", backToBack); rec.Code != http.StatusCreated {
		t.Fatalf("back to back: %d, want 201", rec.Code)
	}
}

func TestCreateBookingValidation(t *testing.T) {
	s := newTestServer(t)
	cases := map[string]int{
		`{`:                 http.StatusBadRequest,
		`{"berth_id":""}`:   http.StatusUnprocessableEntity,
		`{"berth_id":"A1"}`: http.StatusUnprocessableEntity,
		strings.Replace(stay, "2025-06-16", "2025-06-13", 1): http.StatusUnprocessableEntity,
	}
	for body, want := range cases {
		if rec := call(s, "POST", "/v1/bookings", body); rec.Code != want {
			t.Errorf("%s: %d, want %d", body, rec.Code, want)
		}
	}
}

func TestCancelFreesTheBerth(t *testing.T) {
	s := newTestServer(t)
	b, err := s.reserve(bookingRequest{BerthID: "A1", CallSign: "MKLT4", Arrives: noon, Departs: noon.AddDate(0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	if rec := call(s, "DELETE", "/v1/bookings/"+b.ID, ""); rec.Code != http.StatusNoContent {
		t.Fatalf("cancel: %d", rec.Code)
	}
	if len(s.harbours["polwherry"].Occupancy) != 0 {
		t.Fatal("berth is still occupied")
	}
}

func TestBroadcastHonoursTheCooldown(t *testing.T) {
	s := newTestServer(t)
	s.hub.Add(Subscription{CallSign: "MKLT4", Harbour: "polwherry"})
	surge := Alert{Kind: "surge", Harbour: "polwherry", Text: "Surge of 0.6 m expected"}
	if reached := s.hub.Broadcast(surge, noon); reached != 1 {
		t.Fatalf("reached %d, want 1", reached)
	}
	if reached := s.hub.Broadcast(surge, noon.Add(time.Minute)); reached != 0 {
		t.Fatalf("reached %d inside the cooldown, want 0", reached)
	}
}

func TestTick(t *testing.T) {
	s := newTestServer(t)
	call(s, "POST", "/v1/vessels/MKLT4/heartbeat", `{"lat":50.15,"lon":-5.07}`)
	s.tick(context.Background(), noon)
	s.tick(context.Background(), noon.Add(10*time.Second))
}

func TestSwapOfferReachesNeighbours(t *testing.T) {
	s := newTestServer(t)
	own, _ := s.reserve(bookingRequest{BerthID: "A1", CallSign: "MKLT4", Arrives: noon, Departs: noon.AddDate(0, 0, 2)})
	s.reserve(bookingRequest{BerthID: "A2", CallSign: "2FGH7", Arrives: noon, Departs: noon.AddDate(0, 0, 1)})
	rec := call(s, "POST", "/v1/bookings/"+own.ID+"/swap-offers", "")
	if rec.Code != http.StatusAccepted || !strings.Contains(rec.Body.String(), `"sent":1`) {
		t.Fatalf("swap offer: %d %s", rec.Code, rec.Body)
	}
}
