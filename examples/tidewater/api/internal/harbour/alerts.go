package harbour

import (
	"encoding/json"
	"net/http"
	"sync"
	"time"
)

const (
	alertCooldown  = 15 * time.Minute
	maxSubscribers = 500
	inboxSize      = 50
)

type Alert struct {
	Kind     string    `json:"kind"`
	Harbour  string    `json:"harbour,omitempty"`
	CallSign string    `json:"call_sign,omitempty"`
	Text     string    `json:"text"`
	At       time.Time `json:"at"`
}

type Subscription struct {
	CallSign string `json:"call_sign"`
	Harbour  string `json:"harbour"`
}

// AlertHub hands alerts to subscribed vessels. mu guards every map below it.
type AlertHub struct {
	mu       sync.Mutex
	subs     map[string][]Subscription // harbour -> subscriptions
	lastSent map[string]time.Time      // harbour and kind -> last broadcast
	inboxes  map[string][]Alert        // call sign -> latest alerts

	srv *Server
}

func NewAlertHub(srv *Server) *AlertHub {
	return &AlertHub{
		subs:     make(map[string][]Subscription),
		lastSent: make(map[string]time.Time),
		inboxes:  make(map[string][]Alert),
		srv:      srv,
	}
}

// Count is the number of subscriptions over all harbours.
func (h *AlertHub) Count() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	total := 0
	for _, subs := range h.subs {
		total += len(subs)
	}
	return total
}

// Add subscribes a vessel once; a harbour takes at most maxSubscribers.
func (h *AlertHub) Add(sub Subscription) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, existing := range h.subs[sub.Harbour] {
		if existing == sub {
			return true
		}
	}
	if len(h.subs[sub.Harbour]) >= maxSubscribers {
		return false
	}
	h.subs[sub.Harbour] = append(h.subs[sub.Harbour], sub)
	return true
}

// Broadcast sends one alert to a harbour's subscribers, at most once per kind
// in alertCooldown. It reports how many inboxes it reached.
func (h *AlertHub) Broadcast(a Alert, now time.Time) int {
	h.mu.Lock()
	key := a.Harbour + "|" + a.Kind
	if last, ok := h.lastSent[key]; ok && now.Sub(last) < alertCooldown {
		h.mu.Unlock()
		return 0
	}
	h.lastSent[key] = now
	subs := append([]Subscription(nil), h.subs[a.Harbour]...)
	h.mu.Unlock()

	for _, sub := range subs {
		h.Deliver(Alert{Kind: a.Kind, Harbour: a.Harbour, CallSign: sub.CallSign, Text: a.Text, At: now})
	}
	return len(subs)
}

// Deliver puts an alert into one vessel's inbox, keeping the latest inboxSize.
func (h *AlertHub) Deliver(a Alert) {
	h.mu.Lock()
	defer h.mu.Unlock()
	a.Text = h.srv.vesselName(a.CallSign) + ": " + a.Text
	inbox := append(h.inboxes[a.CallSign], a)
	if len(inbox) > inboxSize {
		inbox = inbox[len(inbox)-inboxSize:]
	}
	h.inboxes[a.CallSign] = inbox
}

// Sweep forgets cooldowns that have run out.
func (h *AlertHub) Sweep(now time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for key, last := range h.lastSent {
		if now.Sub(last) >= alertCooldown {
			delete(h.lastSent, key)
		}
	}
}

func (s *Server) handleRaiseAlert(w http.ResponseWriter, r *http.Request) {
	var a Alert
	if err := json.NewDecoder(r.Body).Decode(&a); err != nil {
		writeError(w, http.StatusBadRequest, "malformed alert")
		return
	}
	if !knownAlertKind(a.Kind) {
		writeError(w, http.StatusUnprocessableEntity, "unknown alert kind")
		return
	}
	writeJSON(w, http.StatusAccepted, map[string]int{"reached": s.hub.Broadcast(a, s.now())})
}

func (s *Server) handleSubscribe(w http.ResponseWriter, r *http.Request) {
	var sub Subscription
	if err := json.NewDecoder(r.Body).Decode(&sub); err != nil {
		writeError(w, http.StatusBadRequest, "malformed subscription")
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.vessels[sub.CallSign]; !ok {
		writeError(w, http.StatusNotFound, "unknown vessel")
		return
	}
	if !s.hub.Add(sub) {
		writeError(w, http.StatusTooManyRequests, "harbour is full")
		return
	}
	w.WriteHeader(http.StatusCreated)
}

func knownAlertKind(kind string) bool {
	switch kind {
	case "tide.high", "tide.low", "surge", "swell", "berth.freed", "berth.swap":
		return true
	}
	return false
}
