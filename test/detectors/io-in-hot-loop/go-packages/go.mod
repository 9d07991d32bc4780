module example.com/smithy

go 1.22
