package clinic

import (
	"sync"
	"time"
)

type Token struct {
	expires time.Time
	owner   string
	uses    int
}

type Tokens struct {
	mu     sync.Mutex
	tokens map[string]*Token
}

func (s *Tokens) Extend(user, owner string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if t, ok := s.tokens[user]; ok {
		t.expires = time.Now().Add(time.Hour)
		t.owner = owner
		t.uses++
	}
}

// A time is of several words: half of it may be the old one.
func (s *Tokens) Valid(user string) bool {
	s.mu.Lock()
	t, ok := s.tokens[user]
	s.mu.Unlock()
	return ok && time.Now().Before(t.expires) // want "`Valid` uses `Token.expires` after it has released `Tokens.mu`, while `Extend` changes it"
}

// A number is the old or the new one.
func (s *Tokens) Worn(user string) bool {
	s.mu.Lock()
	t := s.tokens[user]
	s.mu.Unlock()
	return t.uses > 10
}

// Copied under the lock.
func (s *Tokens) Owner(user string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if t, ok := s.tokens[user]; ok {
		return t.owner
	}
	return ""
}
