package events

type Event interface{ Name() string }

type Listener interface{ Handle(message []byte) error }

var listeners = map[string][]Listener{}

func RegisterListener(name string, listener Listener) {
	listeners[name] = append(listeners[name], listener)
}

func DispatchOnCommit(key any, event Event) {
	pending[key] = append(pending[key], event)
}

var pending = map[any][]Event{}
