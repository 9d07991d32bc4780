module example.com/observatory

go 1.22
