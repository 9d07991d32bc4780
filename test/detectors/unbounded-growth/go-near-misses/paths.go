package library

const SearchPath = "/search"
