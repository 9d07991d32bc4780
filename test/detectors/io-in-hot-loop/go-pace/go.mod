module locks

go 1.22
