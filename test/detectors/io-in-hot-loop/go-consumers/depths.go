package depths

import (
	"database/sql"
	"encoding/json"

	amqp "github.com/rabbitmq/amqp091-go"
)

type Frame struct {
	Readings []int `json:"readings"`
}

type Depths struct{ db *sql.DB }

func (d *Depths) save(frame Frame) {
	for _, metres := range frame.Readings {
		d.db.Exec("UPDATE depths SET metres = $1", metres) // want "× 1 UPDATE on `depths`"
	}
}

// Nobody hands it to a consumer.
func (d *Depths) copy(frame Frame) {
	for _, metres := range frame.Readings {
		d.db.Exec("UPDATE copies SET metres = $1", metres)
	}
}

func consume(channel *amqp.Channel, queue string, work func(Frame)) error {
	messages, err := channel.Consume(queue, "", false, false, false, false, nil)
	if err != nil {
		return err
	}
	for message := range messages {
		var frame Frame
		if json.Unmarshal(message.Body, &frame) == nil {
			work(frame)
		}
	}
	return nil
}

func Run(channel *amqp.Channel, db *sql.DB) {
	depths := &Depths{db}
	depths.copy(Frame{})
	consume(channel, "depths", depths.save)
}
