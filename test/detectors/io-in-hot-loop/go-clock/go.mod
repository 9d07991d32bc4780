module example.com/harbour

require github.com/robfig/cron/v3 v3.0.1
