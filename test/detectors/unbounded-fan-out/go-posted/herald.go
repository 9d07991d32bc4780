package herald

import (
	"database/sql"

	"github.com/bwmarrin/discordgo"
)

type herald struct{ db *sql.DB }

func Start(db *sql.DB) {
	session, _ := discordgo.New("token")
	h := &herald{db: db}
	session.AddHandler(h.proclaim)
	session.AddHandler(h.answer)
	session.Open()
}

func (h *herald) proclaim(s *discordgo.Session, m *discordgo.MessageCreate) {
	rows, err := h.db.Query("SELECT user_id FROM subscribers WHERE town = ?", m.GuildID)
	if err != nil {
		return
	}
	defer rows.Close()
	for rows.Next() {
		var user string
		rows.Scan(&user)
		s.ChannelMessageSend(user, m.Content) // want "sends 1 message \(`Session.ChannelMessageSend`\) for each of `rows`"
	}
}

func (h *herald) answer(s *discordgo.Session, m *discordgo.MessageCreate) {
	s.ChannelMessageSend(m.ChannelID, "yes")
}
