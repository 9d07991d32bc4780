package lighthouse

import "sync"

// Keeper asks the harbour for a key, and for the key itself only with a password.
type Keeper struct {
	keyMu sync.Mutex
	key   string
}

func (k *Keeper) Key() string {
	k.keyMu.Lock()
	defer k.keyMu.Unlock()
	if k.key == "" {
		k.key = k.ask("key", "password") // want-info "`Key` holds `Keeper.keyMu` and calls `ask`, .* call each other in a round"
	}
	return k.key
}

func (k *Keeper) ask(what, password string) string {
	if password == "" {
		password = k.Key()
	}
	return what + password
}

func (k *Keeper) Turn(times int) {
	k.keyMu.Lock()
	defer k.keyMu.Unlock()
	if times > 0 {
		k.Turn(times - 1) // want "`Turn` .* This lock lets nobody in twice"
	}
}
