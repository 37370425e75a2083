@main struct Lesson1 {
  static func main() {
    print(
      """
      Lesson 1, to come: photographs named by a net that has seen ImageNet, and the way \
      from a folder of pictures to a trained classifier.
      """)
  }
}
