@main struct Lesson2 {
  static func main() {
    print(
      """
      Lesson 2, to come: data of your own and how to clean them, a model in use, \
      and SGD from scratch.
      """)
  }
}
