module example.com/postroom

go 1.22
