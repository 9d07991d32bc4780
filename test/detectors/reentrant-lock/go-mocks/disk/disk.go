package disk

import "os"

type Disk struct{ folder string }

func (d *Disk) Put(key, page string) error {
	return os.WriteFile(d.folder+key, []byte(page), 0o600)
}

func (d *Disk) Each(look func(key string) error) error {
	entries, err := os.ReadDir(d.folder)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if err := look(entry.Name()); err != nil {
			return err
		}
	}
	return nil
}
