module barge

go 1.22
