module example.com/crews

go 1.22
