module example.com/dikes

go 1.22
