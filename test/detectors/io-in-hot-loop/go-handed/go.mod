module granary

go 1.22
