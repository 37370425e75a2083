@main struct Lesson3 {
  static func main() {
    print(
      """
      Lesson 3, to come: several labels a picture, a class for each pixel, \
      points, and where to read a learning rate.
      """)
  }
}
