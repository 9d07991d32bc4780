package pier

import (
	"bufio"
	"database/sql"
	"net"
	"strings"
)

type caller struct {
	name string
	pier *Pier
}

type order func(c *caller, conn net.Conn, words []string)

type Pier struct {
	db *sql.DB
}

func (p *Pier) members(sector string) []string {
	rows, err := p.db.Query("SELECT id FROM members WHERE sector = $1", sector)
	if err != nil {
		return nil
	}
	defer rows.Close()
	var ids []string
	for rows.Next() {
		var id string
		rows.Scan(&id)
		ids = append(ids, id)
	}
	return ids
}

var commands = map[string]order{
	"horn": horn,
}

func horn(c *caller, conn net.Conn, words []string) {
	for _, member := range c.pier.members(words[1]) {
		c.pier.db.Exec("INSERT INTO horns (member) VALUES ($1)", member) // want "makes 1 INSERT on `horns` for each of .*None of four protections"
	}
}

// Whoever connects is somebody outside.
func (p *Pier) Serve(listener net.Listener) error {
	for {
		conn, err := listener.Accept()
		if err != nil {
			return err
		}
		go func() {
			lines := bufio.NewScanner(conn)
			for lines.Scan() {
				words := strings.Fields(lines.Text())
				if run := commands[words[0]]; run != nil {
					run(&caller{name: words[0], pier: p}, conn, words)
				}
			}
		}()
	}
}

// Who asks another server is nobody outside.
func (p *Pier) Follow(address string) error {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return err
	}
	lines := bufio.NewScanner(conn)
	for lines.Scan() {
		for _, member := range p.members(lines.Text()) {
			p.db.Exec("INSERT INTO echoes (member) VALUES ($1)", member)
		}
	}
	return nil
}
