@main struct Learn { static func main() {} }
