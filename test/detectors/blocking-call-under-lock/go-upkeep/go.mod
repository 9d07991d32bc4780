module example.com/upkeep

go 1.22
