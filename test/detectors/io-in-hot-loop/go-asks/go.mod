module marina

go 1.22
