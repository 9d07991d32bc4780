module example.com/lamps

go 1.22
