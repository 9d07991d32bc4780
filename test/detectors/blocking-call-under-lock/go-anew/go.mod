module harbour

go 1.23
