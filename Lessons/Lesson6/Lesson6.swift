@main struct Lesson6 {
  static func main() {
    print(
      """
      Lesson 6, to come: dropout and batch norm, convolutions from nothing, \
      and tables with dates.
      """)
  }
}
