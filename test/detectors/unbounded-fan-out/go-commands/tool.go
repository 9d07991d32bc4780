package deck

import "database/sql"

type tool func(args []string) error

// Of a command line.
var cmds = map[string]tool{
	"load": load,
}

var local *sql.DB

func load(args []string) error {
	rows, err := local.Query("SELECT id FROM members WHERE sector = 1")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var member string
		rows.Scan(&member)
		local.Exec("INSERT INTO loads (member) VALUES ($1)", member)
	}
	return nil
}
