package crates

import "sync"

type Shelves struct {
	sync.Mutex
	byRow map[string]int
}

func (s *Shelves) Put(row string) {
	s.Lock()
	defer s.Unlock()
	s.byRow[row]++
}

func (s *Shelves) Take(row string) {
	s.Lock()
	defer s.Unlock()
	s.byRow[row]--
}

func (s *Shelves) Drop(row string) {
	s.Lock()
	defer s.Unlock()
	delete(s.byRow, row)
}

type Store struct {
	*Shelves
}

func (s *Store) Move(from, to string) {
	s.Lock()
	defer s.Unlock()
	s.byRow[to] = s.byRow[from]
}

func (s *Store) HandleList() []string {
	var rows []string
	for row := range s.byRow { // want "byRow"
		rows = append(rows, row)
	}
	return rows
}

func serve(s *Store) {
	go s.Put("a")
	go s.Take("a")
	go s.Drop("a")
	go s.Move("a", "b")
	s.HandleList()
}
